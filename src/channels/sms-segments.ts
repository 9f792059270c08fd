/** The letters of the plain alphabet of text messages, and those of its second page, which count twice. */
const PLAIN =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const SECOND_PAGE = '^{}\\[]~|€';

/** How many text messages the operator of the network counts. One Persian letter makes all of it count as Unicode. */
export function countSmsSegments(text: string): number {
  const isPlain = [...text].every((letter) => PLAIN.includes(letter) || SECOND_PAGE.includes(letter));
  const length = isPlain
    ? [...text].reduce((sum, letter) => sum + (SECOND_PAGE.includes(letter) ? 2 : 1), 0)
    : text.length;
  const [alone, joined] = isPlain ? [160, 153] : [70, 67];
  return length <= alone ? 1 : Math.ceil(length / joined);
}
