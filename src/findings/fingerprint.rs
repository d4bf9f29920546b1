/// A fingerprint of some parts: 16 hexadecimal digits of FNV-1a, which is small, fixed and needs no key.
/// Two findings of one run that would collide differ in what is shown too, so no stronger hash is needed.
pub fn of(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash ^= u64::from(byte);
            hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["local-session", "."]).len(), 16);
    }
}
