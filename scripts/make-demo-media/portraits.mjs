/* oxlint-disable max-params -- coordinates */
/** Three flat portraits as SVG, 600 by 600. */
const frame = (content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" viewBox="0 0 600 600">${content}</svg>`

const face =
  'M300 128 C378 128 412 186 410 262 C408 340 372 420 300 422 C228 420 192 340 190 262 C188 186 222 128 300 128 Z'

function features({ brow, lid, iris, nose, lips, lipShade, browWidth = 9, smile = 10 }) {
  const eye = (x) => `
    <path d="M${x - 27} 268 Q${x} 245 ${x + 27} 268 Q${x} 284 ${x - 27} 268Z" fill="#fdf8f0"/>
    <circle cx="${x}" cy="265" r="11.5" fill="${iris}"/><circle cx="${x}" cy="265" r="5.5" fill="#15100e"/><circle cx="${x + 4}" cy="260" r="3" fill="#fff"/>
    <path d="M${x - 30} 269 Q${x} 241 ${x + 30} 267" fill="none" stroke="${lid}" stroke-width="5.5" stroke-linecap="round"/>`
  return `${eye(253)}${eye(347)}
    <path d="M220 234 Q250 216 282 231" fill="none" stroke="${brow}" stroke-width="${browWidth}" stroke-linecap="round"/>
    <path d="M318 231 Q350 216 380 234" fill="none" stroke="${brow}" stroke-width="${browWidth}" stroke-linecap="round"/>
    <path d="M304 262 C308 296 322 312 314 324 C306 332 292 331 284 325" fill="none" stroke="${nose}" stroke-width="5" stroke-linecap="round"/>
    <path d="M258 ${364 - smile / 3} Q280 350 300 358 Q320 350 342 ${364 - smile / 3} Q322 ${386 + smile / 2} 300 ${386 + smile / 2} Q278 ${386 + smile / 2} 258 ${364 - smile / 3}Z" fill="${lips}"/>
    <path d="M258 ${364 - smile / 3} Q300 ${368 + smile} 342 ${364 - smile / 3}" fill="none" stroke="${lipShade}" stroke-width="4" stroke-linecap="round"/>`
}

/** The side of the face away from the light. */
const shadow = (colour, id) =>
  `<clipPath id="${id}"><path d="${face}"/></clipPath><g clip-path="url(#${id})"><path d="M318 120 C352 200 334 300 352 430 L430 430 L430 120Z" fill="${colour}" opacity=".34"/></g>`

function curls() {
  let circles = ''
  for (let step = 0; step < 46; step += 1) {
    const index = (step * 17) % 46
    const angle = Math.PI * (0.84 + (index / 45) * 1.32)
    const reach = 124 + ((index * 37) % 30)
    const [x, y] = [300 + Math.cos(angle) * reach * 1.06, 232 + Math.sin(angle) * reach]
    const silver = index > 15 && index < 20
    circles += `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${30 + ((index * 13) % 12)}" fill="${silver ? '#8d8390' : ['#231a20', '#2d2229', '#1b1418'][index % 3]}"/>`
  }
  return circles
}

const ines = frame(`
  <rect width="600" height="600" fill="#1f6f78"/><circle cx="300" cy="268" r="232" fill="#e9b44c"/>
  <path d="M0 470 Q150 430 300 470 T600 470 V600 H0Z" fill="#17545b"/>
  <ellipse cx="300" cy="238" rx="150" ry="140" fill="#231a20"/>
  ${curls()}
  <path d="M84 600 C92 508 168 478 244 462 L356 462 C432 478 508 508 516 600Z" fill="#b23a48"/>
  <path d="M236 380 L236 470 Q300 512 364 470 L364 380Z" fill="#6d3f2b"/>
  <path d="M228 440 Q300 486 372 440 L380 500 Q300 540 220 500Z" fill="#c94f5c"/><path d="M223 470 Q300 514 377 470" fill="none" stroke="#9c2f3d" stroke-width="5"/>
  <ellipse cx="192" cy="290" rx="19" ry="31" fill="#7d4a33"/><ellipse cx="408" cy="290" rx="19" ry="31" fill="#6d3f2b"/>
  <path d="${face}" fill="#8f5a3f"/>${shadow('#4c2717', 'i')}
  <ellipse cx="236" cy="322" rx="30" ry="18" fill="#b4654a" opacity=".45"/><ellipse cx="366" cy="322" rx="28" ry="18" fill="#b4654a" opacity=".3"/>
  <path d="M186 232 C200 150 250 118 300 118 C352 118 402 150 414 232 C392 178 352 160 300 162 C250 160 208 178 186 232Z" fill="#231a20"/>
  ${features({ brow: '#1e1519', lid: '#1e1519', iris: '#4a2c1a', nose: '#5e3522', lips: '#a63f4a', lipShade: '#5f1f2a', smile: 16 })}
  <g fill="none" stroke="#f4d58d" stroke-width="6"><circle cx="251" cy="266" r="44"/><circle cx="349" cy="266" r="44"/><path d="M295 262 Q300 256 305 262"/><path d="M207 262 L188 254 M393 262 L412 254"/></g>
  <g fill="#f4d58d"><circle cx="188" cy="334" r="9"/><circle cx="412" cy="334" r="9"/><path d="M188 342 l11 30 h-22Z M412 342 l11 30 h-22Z"/></g>`)

const ribs = (from, to, y, tall, colour) =>
  Array.from(
    { length: Math.floor((to - from) / 17) },
    (_, i) => `<path d="M${from + i * 17} ${y} v${tall}" stroke="${colour}" stroke-width="5" stroke-linecap="round"/>`,
  ).join('')

const tomas = frame(`
  <rect width="600" height="600" fill="#dfe7e4"/><path d="M0 330 L120 240 L210 310 L330 190 L460 320 L540 262 L600 300 V600 H0Z" fill="#9fb8ba"/>
  <path d="M0 420 L140 350 L260 420 L420 340 L600 430 V600 H0Z" fill="#6d8f96"/><circle cx="470" cy="120" r="52" fill="#f4a261"/>
  <path d="M66 600 C76 506 160 470 240 452 L360 452 C440 470 524 506 534 600Z" fill="#ece3d0"/>
  <path d="M150 600 V500 M210 600 V486 M390 600 V486 M450 600 V500" stroke="#cfc3a9" stroke-width="9" stroke-dasharray="16 9"/>
  <path d="M240 380 V470 Q300 500 360 470 V380Z" fill="#c98f74"/>
  <path d="M218 440 Q300 500 382 440 L392 506 Q300 556 208 506Z" fill="#f5eddc"/>${ribs(226, 382, 474, 40, '#d9cdb4')}
  <ellipse cx="190" cy="290" rx="20" ry="33" fill="#d69c80"/><ellipse cx="410" cy="290" rx="20" ry="33" fill="#c98f74"/>
  <path d="${face}" fill="#e5b394"/>${shadow('#a2603f', 't')}
  <ellipse cx="234" cy="318" rx="30" ry="20" fill="#d9765a" opacity=".42"/><ellipse cx="366" cy="318" rx="28" ry="20" fill="#d9765a" opacity=".34"/>
  ${features({ brow: '#f3f1ec', lid: '#7d4a35', iris: '#3f7ea6', nose: '#b57456', lips: '#b3654f', lipShade: '#7c3f30', browWidth: 15, smile: 8 })}
  <g fill="none" stroke="#c08163" stroke-width="3.5" stroke-linecap="round"><path d="M205 286 l-12 8 M207 276 l-14 0"/><path d="M395 286 l12 8 M393 276 l14 0"/><path d="M240 292 q14 8 28 2 M332 294 q14 6 28 -2"/></g>
  <path d="M186 282 C190 300 206 330 236 344 C262 332 284 336 300 346 C316 336 338 332 364 344 C394 330 410 300 414 282 C424 366 398 478 300 486 C202 478 176 366 186 282Z" fill="#f3f1ec"/>
  <path d="M256 368 Q300 356 344 368 Q322 388 300 388 Q278 388 256 368Z" fill="#a9584a"/><path d="M238 352 Q270 334 300 350 Q330 334 362 352 Q330 366 300 360 Q270 366 238 352Z" fill="#ffffff"/>
  <g fill="none" stroke="#d6d4cf" stroke-width="4" stroke-linecap="round"><path d="M222 386 q10 46 44 74"/><path d="M262 408 q6 34 24 58"/><path d="M300 408 v62"/><path d="M338 408 q-6 34 -24 58"/><path d="M378 386 q-10 46 -44 74"/></g>
  <path d="M176 214 C170 100 240 62 300 62 C360 62 430 100 424 214 Q300 176 176 214Z" fill="#1d3557"/>
  <path d="M168 236 Q164 196 184 190 Q300 156 416 190 Q436 196 432 236 Q300 196 168 236Z" fill="#27476e"/>${ribs(184, 424, 196, 22, '#1d3557')}
  <path d="M230 92 Q214 130 212 170 M300 70 V160 M370 92 Q386 130 388 170" fill="none" stroke="#162a46" stroke-width="5"/>`)

const mirela = frame(`
  <rect width="600" height="600" fill="#f2a7b5"/><path d="M0 0 H600 V230 Q450 300 300 220 T0 250Z" fill="#f6c8cb"/>
  <g stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".8"><path d="M70 60 l-14 54 M140 150 l-14 54 M60 260 l-14 54 M520 70 l-14 54 M560 220 l-14 54 M470 20 l-10 40 M110 380 l-12 46 M540 370 l-12 46"/></g>
  <path d="M152 300 C136 140 210 78 300 78 C390 78 464 140 448 300 C446 360 456 408 440 428 L160 428 C144 408 154 360 152 300Z" fill="#1c1a2b"/>
  <path d="M76 600 C84 510 164 484 246 466 L354 466 C436 484 516 510 524 600Z" fill="#2b3a67"/>
  <path d="M242 380 V474 Q300 520 358 474 V380Z" fill="#dba98a"/>
  <path d="M246 462 L300 548 L354 462 L366 476 L318 600 H282 L234 476Z" fill="#f7f3ea"/><path d="M234 470 L206 520 L270 600 H288Z M366 470 L394 520 L330 600 H312Z" fill="#1f2b4d"/>
  <path d="${face}" fill="#f3cdb0"/>${shadow('#c07f62', 'm')}
  <ellipse cx="236" cy="324" rx="28" ry="16" fill="#f08f8f" opacity=".5"/><ellipse cx="364" cy="324" rx="26" ry="16" fill="#f08f8f" opacity=".4"/>
  ${features({ brow: '#1c1a2b', lid: '#1c1a2b', iris: '#3a2a20', nose: '#cf9678', lips: '#d62839', lipShade: '#8f1524', browWidth: 7, smile: 12 })}
  <path d="M216 272 l-16 -9 M384 272 l16 -9" stroke="#1c1a2b" stroke-width="5" stroke-linecap="round"/>
  <path d="M300 96 C210 96 172 170 178 300 C178 350 172 396 186 424 C198 420 204 380 200 330 C198 286 204 254 216 226 Q258 236 300 228 Q342 236 384 226 C396 254 402 286 400 330 C396 380 402 420 414 424 C428 396 422 350 422 300 C428 170 390 96 300 96Z" fill="#1c1a2b"/>
  <path d="M232 132 Q262 104 312 106 M210 190 Q224 150 250 138" fill="none" stroke="#4b4a78" stroke-width="8" stroke-linecap="round"/>
  <path d="M402 150 l40 -26 l6 22Z M402 150 l32 30 l-20 12Z" fill="#ffd166"/><circle cx="404" cy="151" r="10" fill="#f4a261"/>
  <circle cx="196" cy="360" r="8" fill="#ffd166"/><circle cx="404" cy="360" r="8" fill="#ffd166"/>`)

export const portraits = {
  'ines-okoro-vandaele.jpg': ines,
  'tomas-hallgrim.jpg': tomas,
  'mirela-sato.jpg': mirela,
}
