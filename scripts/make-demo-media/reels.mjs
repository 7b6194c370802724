/** The shot lists. Each shot: [artwork, palette, seconds, words]. Seasons, not single films: many films share a reel. */
import { afterTheLastSignal, saltAndMorning } from './sound/pieces.mjs'

export const reels = [
  {
    file: 'nightfall-season-reel.mp4',
    title: 'The Nightfall Season',
    size: [640, 360],
    face: 'Bebas Neue',
    weight: 700,
    bars: 44,
    videoRate: '380k',
    music: () => afterTheLastSignal(20.5),
    shots: [
      ['planet', 'ember', 3.6, [['This season', 0.14]]],
      ['street', 'neon', 3.4, [['some strangers', 0.14]]],
      ['corridor', 'copper', 3.4, [['some doors', 0.14]]],
      ['lanterns', 'moss', 3.2, [['some lights', 0.14]]],
      ['saturn', 'copper', 3.4, [['should be left alone.', 0.14]]],
      [
        'lighthouse',
        'night',
        5.5,
        [
          ['The Nightfall Season', 0.17],
          ['In cinemas from October', 0.07],
        ],
      ],
    ],
  },
  {
    file: 'daybreak-season-reel.mp4',
    title: 'The Daybreak Season',
    size: [640, 360],
    face: 'GFS Didot',
    weight: 400,
    bars: 44,
    videoRate: '380k',
    music: () => saltAndMorning(20.5),
    shots: [
      ['sea', 'copper', 3.6, [['Every coast', 0.12]]],
      ['dunes', 'desert', 3.4, [['every crossing', 0.12]]],
      ['mountains', 'dawn', 3.4, [['every road', 0.12]]],
      ['kites', 'mint', 3.2, [['every string', 0.12]]],
      ['field', 'citrus', 3.4, [['begins with a morning.', 0.12]]],
      [
        'swallows',
        'rose',
        5.5,
        [
          ['The Daybreak Season', 0.125],
          ['In cinemas from April', 0.06],
        ],
      ],
    ],
  },
  {
    file: 'long-take.mp4',
    title: 'Whale Road North: the long take',
    size: [854, 480],
    face: 'Averia Serif GWF',
    weight: 700,
    bars: 0,
    videoRate: '490k',
    music: () => saltAndMorning(60, 62),
    shots: [
      ['sea', 'dusk', 13, [['Whale Road North', 0.13]]],
      ['whale', 'deepsea', 14],
      ['islands', 'storm', 12],
      ['icefield', 'arctic', 12],
      ['aurora', 'aurora', 13, [['Twelve sails, one song.', 0.08]]],
    ],
  },
]
