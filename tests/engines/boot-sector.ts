/** 16-bit code of x86 as bytes; the boot sector is loaded at 0x7c00. */
const origin = 0x7c00;
const word = (value: number) => [value & 0xff, value >> 8];

/**
 * A disk that boots: its first sector writes to its second one through the BIOS, prints "TARE: wrote" (or "TARE: failed") on
 * COM1, and then stays, asks who it is ("tare login: ", without a line's end), or switches the machine off through APM. 1 MiB, which SeaBIOS takes for a disk.
 */
export function bootingDisk(then: "stays" | "asks" | "off"): Buffer {
  const code = [
    ...[0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xc0], //            xor ax, ax; mov ds, ax; mov es, ax
    ...[0xb8, 0x01, 0x03, 0xb9, 0x02, 0x00], //            mov ax, 0x0301 (write one sector); mov cx, 2
    ...[0xba, 0x80, 0x00, 0xbb, ...word(origin)], //       mov dx, 0x80 (first disk); mov bx, 0x7c00
    ...[0xcd, 0x13], //                                    int 0x13
    ...[0xbe, 0x00, 0x00, 0x73, 0x03, 0xbe, 0x00, 0x00], //mov si, wrote; jnc +3; mov si, failed
    ...[0xba, ...word(0x3f8), 0xfc], //                    mov dx, 0x3f8 (COM1); cld
    ...[0xac, 0x84, 0xc0, 0x74, 0x03, 0xee, 0xeb, 0xf8], //next: lodsb; test al, al; jz end; out dx, al; jmp next
    ...(then === "off"
      ? [0xb8, 0x07, 0x53, 0xbb, 0x01, 0x00, 0xb9, 0x03, 0x00, 0xcd, 0x15] // APM: all devices off; int 0x15
      : []),
    ...[0xf4, 0xeb, 0xfd], //                              stay: hlt; jmp stay
  ];
  const [wrote, failed] = [
    `TARE: wrote\r\n${then === "asks" ? "tare login: " : ""}\0`,
    "TARE: failed\r\n\0",
  ].map((text) => Buffer.from(text));
  const texts = origin + code.length;
  code.splice(21, 2, ...word(texts));
  code.splice(26, 2, ...word(texts + (wrote?.length ?? 0)));
  const disk = Buffer.alloc(1 << 20);
  Buffer.concat([Buffer.from(code), wrote ?? Buffer.of(), failed ?? Buffer.of()]).copy(disk);
  disk.writeUInt16LE(0xaa55, 510);
  return disk;
}
