//! Checksums and digests: CRC-32, MD5 (RFC 1321), SHA-1 (RFC 3174), SHA-256 (FIPS 180-4).

use super::super::{Kind, Value};
use super::encodings::hex;
use super::{Builtin, input, text_kind};
use crate::facts::Reason;

/// Digests.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("md5", &["string", "binary"], 1, |args| digest(args, "md5", 1)),
    Builtin::new("sha1", &["string", "binary"], 1, |args| digest(args, "sha1", 1)),
    Builtin::new("crc32", &["string"], 1, |args| {
        Ok(Kind::Int(i64::from(crc32(input::text(args, 0)?.as_bytes()))))
    }),
    Builtin::new("hash", &["algo", "data", "binary"], 2, |args| {
        let name = input::text(args, 0)?.to_ascii_lowercase();
        digest(args.get(1..).unwrap_or_default(), &name, 1)
    }),
];

fn digest(args: &[Value], name: &str, binary: usize) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    if input::flag_or(args, binary, false)? {
        return Err(Reason::new("a string that is not UTF-8"));
    }
    let bytes = text.as_bytes();
    text_kind(match name {
        "md5" => hex(&md5(bytes)),
        "sha1" => hex(&sha1(bytes)),
        "sha256" => hex(&sha256(bytes)),
        "crc32b" => format!("{:08x}", crc32(bytes)),
        _ => return Err(Reason::new("a hash that we do not compute")),
    })
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

/// The message in blocks of 16 words, padded as all three digests want it.
fn blocks(bytes: &[u8], big: bool) -> Vec<[u32; 16]> {
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    let bits = (bytes.len() as u64).wrapping_mul(8);
    padded.extend_from_slice(&if big { bits.to_be_bytes() } else { bits.to_le_bytes() });
    let word = |chunk: &[u8]| {
        let chunk: [u8; 4] = chunk.try_into().unwrap_or_default();
        if big { u32::from_be_bytes(chunk) } else { u32::from_le_bytes(chunk) }
    };
    padded
        .chunks(64)
        .map(|block| {
            let mut words = [0; 16];
            for (slot, chunk) in words.iter_mut().zip(block.chunks(4)) {
                *slot = word(chunk);
            }
            words
        })
        .collect()
}

fn md5(bytes: &[u8]) -> Vec<u8> {
    const TURNS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in blocks(bytes, false) {
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64_usize {
            let (mixed, word) = match step / 16 {
                0 => (b & c | !b & d, step),
                1 => (d & b | !d & c, 5 * step + 1),
                2 => (b ^ c ^ d, 3 * step + 5),
                _ => (c ^ (b | !d), 7 * step),
            };
            let constant = (((step + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mixed).wrapping_add(constant).wrapping_add(block[word % 16]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(TURNS[step / 16][step % 4])));
        }
        for (slot, value) in state.iter_mut().zip([a, b, c, d]) {
            *slot = slot.wrapping_add(value);
        }
    }
    state.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn sha1(bytes: &[u8]) -> Vec<u8> {
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in blocks(bytes, true) {
        let mut words = block.to_vec();
        for at in 16..80 {
            words.push((words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1));
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (step, word) in words.iter().enumerate() {
            let (mixed, constant) = match step / 20 {
                0 => (b & c | !b & d, 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => (b & c | b & d | c & d, 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6_u32),
            };
            let sum = a
                .rotate_left(5)
                .wrapping_add(mixed)
                .wrapping_add(e)
                .wrapping_add(constant)
                .wrapping_add(*word);
            (a, b, c, d, e) = (sum, a, b.rotate_left(30), c, d);
        }
        for (slot, value) in state.iter_mut().zip([a, b, c, d, e]) {
            *slot = slot.wrapping_add(value);
        }
    }
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// The first `count` primes, whose roots give SHA-256 its constants.
fn primes(count: usize) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    let mut number = 2;
    while found.len() < count {
        if found.iter().all(|prime| number % prime != 0) {
            found.push(number);
        }
        number += 1;
    }
    found
}

/// The first 32 bits of the fraction of `prime`'s root, in whole numbers: the largest x with x^power <= prime * 2^(32 * power).
fn root_fraction(prime: u32, power: u32) -> u32 {
    let target = u128::from(prime) << (32 * power);
    let (mut low, mut high) = (0_u128, 1 << 37);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if middle.pow(power) <= target { low = middle } else { high = middle }
    }
    u32::try_from(low & 0xffff_ffff).unwrap_or(0)
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    let primes = primes(64);
    let constants: Vec<u32> = primes.iter().map(|prime| root_fraction(*prime, 3)).collect();
    let mut state = [0_u32; 8];
    for (slot, prime) in state.iter_mut().zip(&primes) {
        *slot = root_fraction(*prime, 2);
    }
    for block in blocks(bytes, true) {
        let mut words = block.to_vec();
        for at in 16..64 {
            let (early, late) = (words[at - 15], words[at - 2]);
            let first = early.rotate_right(7) ^ early.rotate_right(18) ^ early >> 3;
            let second = late.rotate_right(17) ^ late.rotate_right(19) ^ late >> 10;
            words.push(words[at - 16].wrapping_add(first).wrapping_add(words[at - 7]).wrapping_add(second));
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
        for (word, constant) in words.iter().zip(&constants) {
            let sum = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
            let one =
                h.wrapping_add(sum).wrapping_add(e & f ^ !e & g).wrapping_add(*constant).wrapping_add(*word);
            let sum = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
            let two = sum.wrapping_add(a & b ^ a & c ^ b & c);
            (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(one), c, b, a, one.wrapping_add(two));
        }
        for (slot, value) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *slot = slot.wrapping_add(value);
        }
    }
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}
