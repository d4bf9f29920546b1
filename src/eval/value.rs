use std::sync::Arc;

use indexmap::IndexMap;

use crate::facts::{Place, Reason, Trail};
use crate::parse::php::tree::Function;

/// A PHP value and how it came about.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// How it came about.
    pub trail: Trail,
    /// The expression that stands for it in the app's config: where a reader looks and a fix edits.
    pub place: Option<Place>,
}

/// What a value is. Equality of two kinds is decided by the operators, never by `==` here.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Str(Arc<str>),
    /// An array.
    Array(Arc<Array>),
    /// Something callable: a closure, an arrow function, `name(...)`.
    Closure(Arc<Closure>),
    /// An object whose inside we do not follow, by class name when that is known.
    Object(Arc<str>),
    /// A case of an enum.
    Case(Arc<Case>),
    /// Not to be known, and why.
    Unknown(Reason),
}

/// A closure and the variables it captured.
#[derive(Debug)]
pub struct Closure {
    /// What it runs.
    pub function: Arc<Function>,
    /// Its captured variables (for an arrow function: the whole scope around it).
    pub captured: Vec<(Arc<str>, Value)>,
    /// The file that declared it.
    pub source: Arc<crate::text::Source>,
}

/// A case of an enum, with the value behind it if the enum is backed.
#[derive(Debug)]
pub struct Case {
    /// The enum's class name.
    pub class: Arc<str>,
    /// The case's name.
    pub name: Arc<str>,
    /// Its value.
    pub value: Option<Value>,
}

/// A key of a PHP array. PHP turns `"5"` into `5`; use [`Key::from_text`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// An integer key.
    Int(i64),
    /// A string key.
    Str(Arc<str>),
}

/// A PHP array: ordered, mixed keys.
#[derive(Debug, Clone, Default)]
pub struct Array {
    entries: IndexMap<Key, Value>,
    next: i64,
    open: Option<Reason>,
}

impl Value {
    /// A value without a trail.
    #[must_use]
    pub const fn new(kind: Kind) -> Self {
        Self { kind, trail: Trail::none(), place: None }
    }

    /// `null`
    #[must_use]
    pub const fn null() -> Self {
        Self::new(Kind::Null)
    }

    /// A string.
    #[must_use]
    pub fn str(text: impl Into<Arc<str>>) -> Self {
        Self::new(Kind::Str(text.into()))
    }

    /// A boolean.
    #[must_use]
    pub const fn bool(truth: bool) -> Self {
        Self::new(Kind::Bool(truth))
    }

    /// An integer.
    #[must_use]
    pub const fn int(number: i64) -> Self {
        Self::new(Kind::Int(number))
    }

    /// An array.
    #[must_use]
    pub fn array(array: Array) -> Self {
        Self::new(Kind::Array(Arc::new(array)))
    }

    /// A value that cannot be known.
    #[must_use]
    pub fn unknown(reason: Reason) -> Self {
        Self::new(Kind::Unknown(reason))
    }

    /// The same value with another trail.
    #[must_use]
    pub fn with_trail(mut self, trail: Trail) -> Self {
        self.trail = trail;
        self
    }

    /// The same value, chosen by what `decider` is.
    #[must_use]
    pub fn chosen_by(mut self, decider: &Self) -> Self {
        self.trail = self.trail.preceded_by(&decider.trail);
        self
    }

    /// The text, when it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The array, when it is one.
    #[must_use]
    pub fn as_array(&self) -> Option<&Array> {
        match &self.kind {
            Kind::Array(array) => Some(array),
            _ => None,
        }
    }

    /// The reason, when it is unknown.
    #[must_use]
    pub fn reason(&self) -> Option<&Reason> {
        match &self.kind {
            Kind::Unknown(reason) => Some(reason),
            _ => None,
        }
    }

    /// Whether it is unknown.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown(_))
    }

    /// The first reason anywhere in it: itself, an entry, or an array that may hold more than we see.
    #[must_use]
    pub fn deep_reason(&self) -> Option<&Reason> {
        match &self.kind {
            Kind::Unknown(reason) => Some(reason),
            Kind::Array(array) => {
                array.open().or_else(|| array.iter().find_map(|(_, value)| value.deep_reason()))
            }
            _ => None,
        }
    }
}

impl Key {
    /// The key PHP makes of a string: a canonical decimal integer becomes an integer.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Self::Int(number),
            _ => Self::Str(text.into()),
        }
    }

    /// The key as text.
    #[must_use]
    pub fn text(&self) -> Arc<str> {
        match self {
            Self::Int(number) => number.to_string().into(),
            Self::Str(text) => Arc::clone(text),
        }
    }

    /// The key as a value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Self::Int(number) => Value::int(*number),
            Self::Str(text) => Value::str(Arc::clone(text)),
        }
    }
}

impl Array {
    /// An empty array.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A list of these values.
    #[must_use]
    pub fn list(values: impl IntoIterator<Item = Value>) -> Self {
        let mut array = Self::new();
        for value in values {
            array.push(value);
        }
        array
    }

    /// Number of entries that we see.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether we see no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&Value> {
        self.entries.get(key)
    }

    /// The value under a string key.
    #[must_use]
    pub fn get_text(&self, key: &str) -> Option<&Value> {
        self.entries.get(&Key::from_text(key))
    }

    /// A place to change the value under a key; `null` is put there when it is absent.
    pub fn entry(&mut self, key: Key) -> &mut Value {
        self.note_key(&key);
        self.entries.entry(key).or_insert_with(Value::null)
    }

    /// Sets a key; an existing key keeps its place in the order.
    pub fn insert(&mut self, key: Key, value: Value) {
        self.note_key(&key);
        self.entries.insert(key, value);
    }

    /// Appends under the next integer key. In an open array that key is not known, so the entry is one of those we
    /// do not see.
    pub fn push(&mut self, value: Value) {
        if self.open.is_some() {
            return;
        }
        // After a negative key PHP goes on with 0 until 8.2, with the next number since 8.3.
        if self.next == 0 && self.entries.keys().any(|key| matches!(key, Key::Int(number) if *number < 0)) {
            self.set_open(Reason::new("versions of PHP number entries after a negative key differently"));
            return;
        }
        let key = Key::Int(self.next);
        self.insert(key, value);
    }

    /// Removes a key, keeping the order of the others.
    pub fn remove(&mut self, key: &Key) -> Option<Value> {
        self.entries.shift_remove(key)
    }

    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Key, &Value)> + ExactSizeIterator {
        self.entries.iter()
    }

    /// The values in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator {
        self.entries.values()
    }

    /// Whether the keys are 0, 1, 2 .. in order.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.entries.keys().enumerate().all(|(index, key)| *key == Key::Int(index as i64))
    }

    /// Says that entries may be here that we do not see.
    pub fn set_open(&mut self, reason: Reason) {
        self.open.get_or_insert(reason);
    }

    /// Why there may be entries that we do not see.
    #[must_use]
    pub const fn open(&self) -> Option<&Reason> {
        self.open.as_ref()
    }

    fn note_key(&mut self, key: &Key) {
        if let Key::Int(number) = key
            && *number >= self.next
        {
            self.next = number.saturating_add(1);
        }
    }
}
