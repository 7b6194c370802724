import type { ErrorCode } from '../../contract/error.ts'
import { type ApiOperation, jsonBody, jsonResponse, pathParameter } from './operation.ts'
import type { Parameter, Schema } from './openapi-types.ts'
import { count, flag, list, moment, object, partialObject, reference, text } from './schema-builders.ts'

const COLUMN = '/api/media/{table}/{column}'
const TAG = 'Media'

/** The operations that clean a media column up. */
export function cleanUpOperations(column: Parameter[]): ApiOperation[] {
  return [
    {
      method: 'post',
      path: `${COLUMN}/clean-up`,
      id: 'cleanUp',
      tag: TAG,
      summary: 'Plan a clean-up, or carry a plan out',
      description:
        'Without `planId`: tells which unused files would go, and changes nothing. With it: takes the next files of that plan into the trash, at most 500; repeat it until `remaining` is 0.',
      parameters: column,
      requestBody: jsonBody({ anyOf: [reference('CleanUpPlanRequest'), reference('CleanUpRunRequest')] }),
      responses: {
        200: jsonResponse('The plan, or what was done.', {
          anyOf: [reference('CleanUpPlan'), reference('CleanUpRun')],
        }),
      },
      errors: [...ERRORS, 'INVALID_REQUEST', 'CLEAN_UP_REFUSED', 'CLEAN_UP_STOPPED'],
    },
    {
      method: 'post',
      path: `${COLUMN}/clean-up/{runId}/restore`,
      id: 'restoreCleanUp',
      tag: TAG,
      summary: 'Undo a clean-up',
      description: 'Brings back what is still in the trash. It can be repeated.',
      parameters: [...column, pathParameter('runId', 'The `runId` of a clean-up.')],
      responses: { 200: jsonResponse('What came back.', reference('Restored')) },
      errors: ERRORS,
    },
    {
      method: 'get',
      path: `${COLUMN}/missing`,
      id: 'listMissingFiles',
      tag: TAG,
      summary: 'Rows that reference files which are not there',
      parameters: column,
      responses: {
        200: jsonResponse(
          'At most 200.',
          object({ missing: list(reference('MissingFile')), isComplete: flag('Whether these are all.') }),
        ),
      },
      errors: ERRORS,
    },
  ]
}

const ERRORS: ErrorCode[] = ['NOT_FOUND', 'STORAGE_FAILURE']

const FAILURES = { failed: count(), failures: list(reference('CleanUpFailure'), 'The first 100.') }

/** The schemas of what these operations take and give. */
export const CLEAN_UP_SCHEMAS: Readonly<Record<string, Schema>> = {
  CleanUpPlanRequest: partialObject({
    olderThan: { type: 'number', minimum: 0, default: 86_400, description: 'The grace period, in seconds.' },
    maxFraction: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'Refuse when more than this part of all files would go.',
    },
    allowEmpty: { type: 'boolean', default: false, description: 'Go on although no row references any file.' },
  }),
  CleanUpRunRequest: object({ planId: text('Of a plan that is less than a day old.') }),
  CleanUpPlan: object({
    planId: text('Confirms the plan.'),
    count: count('Files that would go: at most 10 000 in one plan.'),
    bytes: count('What these take up.'),
    examples: list(reference('PlannedFile'), 'At most ten of them.'),
    unused: count('All unused files.'),
    examined: count('Files that were looked at.'),
    referenced: count('Files that a row references.'),
    young: count('Unreferenced files that are younger than the grace period.'),
    olderThan: { type: 'number', description: 'The grace period, in seconds.' },
    restorableFor: count('How long, in seconds, the files can be restored.'),
  }),
  PlannedFile: object({
    fileKey: text(),
    name: text('The name the file was uploaded with.'),
    size: count('In bytes.'),
    contentType: text('A media type, by the extension.'),
    lastModified: moment(),
  }),
  CleanUpRun: object({
    runId: text('Restores all that this plan took.'),
    deleted: count('In this request.'),
    bytes: count('What these took up.'),
    kept: count('Planned files that stay, because something references them by now, or that were gone.'),
    ...FAILURES,
    remaining: count('Planned files that are still to go.'),
  }),
  Restored: object({ restored: count(), ...FAILURES }),
  CleanUpFailure: object({ fileKey: text(), message: text('For a person.') }),
  MissingFile: object({ fileKey: text(), row: reference('RowReference') }),
}
