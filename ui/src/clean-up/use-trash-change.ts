import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TrashRequest, TrashResponse } from '../../../src/contract/trash.ts'
import { useToast } from '../components/toast.tsx'
import { t } from '../messages.ts'
import { changeTrash } from './trash-api.ts'

/** Restores or deletes, reports the outcome in a toast, and refreshes what shows files. */
export function useTrashChange() {
  const queryClient = useQueryClient()
  const { showToast } = useToast()
  return useMutation({
    mutationFn: (request: TrashRequest) => changeTrash(request),
    onSuccess: (response) => {
      showToast({ message: describeOutcome(response), tone: response.failed > 0 ? 'error' : 'success' })
    },
    onSettled: async () => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['trash'] }),
        queryClient.invalidateQueries({ queryKey: ['files'] }),
      ])
    },
  })
}

function describeOutcome({ restored, deleted, failed, failures }: TrashResponse): string {
  const parts = [
    restored > 0 && t('cleanUp.trash.restored', { count: restored }),
    deleted > 0 && t('cleanUp.trash.deleted', { count: deleted }),
    failed > 0 && t('cleanUp.trash.failed', { count: failed, reason: failures[0]?.message ?? '' }),
  ].filter((part) => part !== false)
  return parts.length === 0 ? t('cleanUp.trash.nothing') : parts.join(' ')
}
