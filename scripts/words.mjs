/** Files that are not ours to word: data, generated code, and the images of the demo's own world. */
export const SKIPPED =
  /^(examples\/movies\/(media|migrations)|scripts\/(make-demo-media|words\.mjs|s3)|node_modules|dist)/

/** Where movies are the subject, a video is a video. */
const MOVIES = /^(examples\/movies|README\.md|CHANGELOG\.md)/

/** Names: what must not stand in one, and what does. */
export const NAMES = [
  { pattern: /film(?!strip)/gi, use: 'video (movie, for a row of the demo)', except: MOVIES },
  { pattern: /picture(?!InPicture)/gi, use: 'image, thumbnail, or poster frame' },
  { pattern: /(?<!play)sound(?!track)/gi, use: 'audio' },
  {
    pattern: /(?<!ip|email|mac|local|remote)address(?!Info)/gi,
    use: 'url; ipAddress or email where it is one',
    except: /^(test|bench|scripts|examples)\//,
  },
  {
    pattern: /^(?:.*[a-z])?(?:Place|place)s?(?:[A-Z]|$)/g,
    use: 'location, slot, range or position',
    except: /^test\//,
  },
  {
    pattern: /told|^tells?(?:[A-Z]|$)|Tells?(?:[A-Z]|$)|^hears?$|isAsked/g,
    use: 'receives, reports, returns, options',
  },
  { pattern: /facts?$|facts?(?:[A-Z])|Facts?/g, use: 'metadata; cases of a suite' },
  {
    pattern: /\b(?:MOST|LONGEST|LARGEST|SMALLEST|SHORTEST|FEWEST|LEAST|ENOUGH)(?:_|\b)/g,
    use: 'MAX_ or MIN_ with a unit: _MS, _BYTES',
    except: /^test\//,
  },
  { pattern: /patien(?:ce|t)|\blent|\blend(?!ing$)|standInLine|waitInLine/gi, use: 'timeout, pooled, acquire, queue' },
  { pattern: /takeBatch|putBack|\bstanding|Standing|\breveal|Reveal/g, use: 'trashBatch, restore, status, publish' },
  { pattern: /^look(?:At|Up)?[A-Z]|LookAt/g, use: 'head, stat, inspect, check' },
  {
    pattern: /anew$|mend(?:ed|s)?$|giveUp|goOn|breakOff|^begin|Begin|begun|Begun/g,
    use: 'rebuild, fix, abort, resume, interrupt, start',
  },
  {
    pattern: /^(?!hash|is|has|index|lastIndex|value|any|one|require|instance|batches|copy|toBe)[a-z][A-Za-z]*Of$/g,
    use: 'getX, or a noun',
  },
]

/** Prose: what a reader would have to learn, and the word they know. */
export const PROSE = [
  {
    pattern: /\bfilms?\b(?!strip)/gi,
    use: 'video',
    except: /^(examples|README\.md|CHANGELOG\.md|test\/(storage|cli|content|browser|support))/,
  },
  { pattern: /\bpictures?\b(?!-in-picture)(?<!-in-picture)/gi, use: 'image, thumbnail, or poster frame' },
  {
    pattern: /(?<!IP |e-mail |email |loopback |private |public |IPv4 |IPv6 |mail |of the )\baddress(?:es)?\b/gi,
    use: 'URL; "email" or "IP address" where it is one',
  },
  {
    pattern: /\b(?:anew|mend(?:ed|s)?|whoever|nobody|somebody)\b/gi,
    use: 'a plain word: again, fix, anyone who, no one',
  },
  { pattern: /\b(?:told|tells?|hears?)\b/gi, use: 'receives, reports, returns, says' },
  { pattern: /\b(?:he|his|him|himself)\b/gi, use: 'they, their, them' },
  { pattern: /\b(?:begins?|began|begun)\b/gi, use: 'start' },
  {
    pattern: /\b(?:goes on|go on|gives? up|breaks? off|broke off|put together)\b/gi,
    use: 'continue, abort, interrupt, combine',
  },
  {
    pattern: /\b(?:patience|borne|lent|in line|takes? turns|by (?:his|its) turn)\b/gi,
    use: 'timeout, allowed, pooled, queued',
  },
  { pattern: /\blooks? (?:at|up)\b|\blooked (?:at|up)\b|\bis looked\b/gi, use: 'check, inspect, read, stat' },
  { pattern: /\bis asked\b|\basked for\b|\bare asked\b/gi, use: 'requested' },
  { pattern: /nobody's business|attack on oneself/gi, use: 'indistinguishable from 404; footgun' },
]
