//! `json_decode` (php-src, ext/json/json_scanner.re and json_parser.y, 8.2). Not serde_json: that reads
//! floats one digit off at times and stops at another depth than PHP.

use super::super::convert::{self, Number};
use super::super::{Array, Key, Kind, Value};
use super::{Builtin, MAX_DEPTH, input};
use crate::facts::Reason;

/// Reading JSON.
pub const FUNCTIONS: &[Builtin] =
    &[Builtin::new("json_decode", &["json", "associative", "depth", "flags"], 1, json_decode)];

const AS_ARRAY: i64 = 1;
const THROW: i64 = 1 << 22;

/// Why reading stopped.
enum Stop {
    /// This is no JSON: PHP gives null.
    Malformed,
    /// PHP may read it, we do not follow it.
    Unfollowed(&'static str),
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    arrays: bool,
}

fn json_decode(args: &[Value]) -> Result<Kind, Reason> {
    let (text, flags) = (input::text(args, 0)?, input::int_or(args, 3, 0)?);
    if flags & !(AS_ARRAY | THROW) != 0 || input::int_or(args, 2, 512)? < 64 {
        return Err(Reason::new("flags that we do not follow"));
    }
    let arrays = if input::given(args, 1) { input::flag_or(args, 1, false)? } else { flags & AS_ARRAY != 0 };
    let mut reader = Reader { bytes: text.as_bytes(), at: 0, arrays };
    let result = reader.value(0).and_then(|value| {
        reader.space();
        if reader.at == reader.bytes.len() { Ok(value) } else { Err(Stop::Malformed) }
    });
    match result {
        Ok(value) => Ok(value.kind),
        Err(Stop::Unfollowed(why)) => Err(Reason::new(why)),
        Err(Stop::Malformed) if flags & THROW != 0 => Err(Reason::new("a text that is not JSON")),
        Err(Stop::Malformed) => Ok(Kind::Null),
    }
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes `word` when it comes next.
    fn eat(&mut self, word: &str) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Result<Value, Stop> {
        if depth > MAX_DEPTH {
            return Err(Stop::Unfollowed("arrays nested too deep"));
        }
        self.space();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Value::str(self.text()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, kind) in
                    [("true", Kind::Bool(true)), ("false", Kind::Bool(false)), ("null", Kind::Null)]
                {
                    if self.eat(word) {
                        return Ok(Value::new(kind));
                    }
                }
                Err(Stop::Malformed)
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Stop> {
        self.at += 1;
        let mut list = Array::new();
        self.space();
        if self.eat("]") {
            return Ok(Value::array(list));
        }
        loop {
            list.push(self.value(depth + 1)?);
            self.space();
            if self.eat("]") {
                return Ok(Value::array(list));
            }
            if !self.eat(",") {
                return Err(Stop::Malformed);
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Stop> {
        self.at += 1;
        let mut object = Array::new();
        self.space();
        let mut more = !self.eat("}");
        while more {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(Stop::Malformed);
            }
            let key = self.text()?;
            self.space();
            if !self.eat(":") {
                return Err(Stop::Malformed);
            }
            if !self.arrays && key.starts_with('\0') {
                return Err(Stop::Malformed);
            }
            object.insert(Key::from_text(&key), self.value(depth + 1)?);
            self.space();
            more = self.eat(",");
            if !more && !self.eat("}") {
                return Err(Stop::Malformed);
            }
        }
        if self.arrays { Ok(Value::array(object)) } else { Ok(Value::new(Kind::Object("stdClass".into()))) }
    }

    fn text(&mut self) -> Result<String, Stop> {
        self.at += 1;
        let mut out = Vec::new();
        loop {
            match self.peek().ok_or(Stop::Malformed)? {
                b'"' => {
                    self.at += 1;
                    return String::from_utf8(out).map_err(|_| Stop::Malformed);
                }
                b'\\' => {
                    let letter = self.escape()?;
                    out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..=0x1f => return Err(Stop::Malformed),
                byte => {
                    out.push(byte);
                    self.at += 1;
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Stop> {
        let letter = self.bytes.get(self.at + 1).copied().ok_or(Stop::Malformed)?;
        self.at += 2;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                if !(0xd800..0xdc00).contains(&unit) {
                    return char::from_u32(unit).ok_or(Stop::Malformed);
                }
                if !self.eat("\\u") {
                    return Err(Stop::Malformed);
                }
                let low = self.unit()?;
                if !(0xdc00..0xe000).contains(&low) {
                    return Err(Stop::Malformed);
                }
                char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)).ok_or(Stop::Malformed)?
            }
            _ => return Err(Stop::Malformed),
        })
    }

    fn unit(&mut self) -> Result<u32, Stop> {
        let digits = self.bytes.get(self.at..self.at + 4).ok_or(Stop::Malformed)?;
        self.at += 4;
        digits.iter().try_fold(0, |unit, digit| {
            char::from(*digit).to_digit(16).map(|digit| unit * 16 + digit).ok_or(Stop::Malformed)
        })
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Value, Stop> {
        let start = self.at;
        let negative = self.eat("-");
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        if whole == 0 || (leading_zero && whole > 1) {
            return Err(Stop::Malformed);
        }
        let mut is_float = false;
        if self.eat(".") {
            is_float = true;
            if self.digits() == 0 {
                return Err(Stop::Malformed);
            }
        }
        if self.eat("e") || self.eat("E") {
            is_float = true;
            if !self.eat("+") {
                self.eat("-");
            }
            if self.digits() == 0 {
                return Err(Stop::Malformed);
            }
        }
        let literal = self.bytes.get(start..self.at).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let literal = literal.ok_or(Stop::Malformed)?;
        if negative && leading_zero && !is_float {
            return Err(Stop::Unfollowed("a negative zero"));
        }
        let number = convert::numeric_prefix(literal).ok_or(Stop::Malformed)?.number;
        Ok(Value::new(match number {
            Number::Int(number) => Kind::Int(number),
            Number::Float(number) => Kind::Float(number),
        }))
    }
}
