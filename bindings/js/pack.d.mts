/** A knowledge image as it travels (src/packed.ts); Knowledge.open takes either. */
export function packImage(image: Uint8Array): Uint8Array;
