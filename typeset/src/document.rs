//! What a report consists of, in the reader's language. The same value is printed as PDF and as HTML.

use serde::Serialize;

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The tag of its language, as `en`.
    pub language: String,
    /// Its title.
    pub title: String,
    /// What it is about, in a line.
    pub subtitle: String,
    /// What made it.
    pub author: String,
    /// The instant that it speaks of, in UTC: the document's date.
    pub date: Date,
    /// What tells this document from every other.
    pub identity: String,
    /// At the top of every page but the first.
    pub header: String,
    /// At the bottom of every page.
    pub footer: String,
    /// The words around page numbers, as `Page`, `of`.
    pub page_words: (String, String),
    /// The title of the table of contents.
    pub contents: String,
    /// What stands on the first page.
    pub cover: Vec<Block>,
    /// Everything else.
    pub sections: Vec<Section>,
}

/// An instant in UTC, in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Date {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

/// A section, with sections in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Unique in the document: letters, digits and dashes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A state that stands beside the title.
    pub badge: Option<Badge>,
    /// Whether it begins on a new page.
    pub new_page: bool,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Sections in it.
    pub sections: Vec<Section>,
}

/// A state: always a word and a shape; colour only repeats them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// The state's name, which chooses shape and colour, as `not_met`; unknown names get a plain ring.
    pub shape: String,
    /// The word.
    pub word: String,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Text {
        /// Its text.
        text: String,
    },
    /// Something that must not be overlooked.
    Note {
        /// What it is about.
        title: String,
        /// What it says, a line each.
        lines: Vec<String>,
    },
    /// Names and values.
    Facts {
        /// In order.
        facts: Vec<Fact>,
    },
    /// How many of what.
    Tally {
        /// Of what these are the parts, as `93 controls`.
        title: String,
        /// In order; those without any are left out by the maker.
        parts: Vec<Part>,
    },
    /// Rows.
    Table(Table),
}

/// A name and a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// The value.
    pub value: Cell,
}

/// A part of a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What it is.
    pub badge: Badge,
    /// How many.
    pub count: u64,
    /// The number as the reader writes it.
    pub shown: String,
    /// What the word means.
    pub meaning: String,
}

/// A table; its header is repeated on every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// What stands there instead where there are no rows.
    pub empty: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Its share of the width, against the other columns.
    pub width: u8,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "cell", rename_all = "snake_case")]
pub enum Cell {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// Text that is in English, whatever the document's language is.
    English {
        /// The text.
        text: String,
    },
    /// Text that matters more.
    Strong {
        /// The text.
        text: String,
    },
    /// A name or hash, in letters of one width.
    Code {
        /// The text.
        text: String,
    },
    /// A number, aligned to the right.
    Number {
        /// As the reader writes it.
        text: String,
    },
    /// A state.
    State(Badge),
    /// Lines under each other.
    Lines {
        /// The lines; a line of lines is left out.
        lines: Vec<Cell>,
    },
}

impl Cell {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// Text in English.
    pub fn english(text: impl Into<String>) -> Self {
        Self::English { text: text.into() }
    }

    /// Text that matters more.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Strong { text: text.into() }
    }

    /// A name or hash.
    pub fn code(text: impl Into<String>) -> Self {
        Self::Code { text: text.into() }
    }

    /// A number.
    pub fn number(text: impl Into<String>) -> Self {
        Self::Number { text: text.into() }
    }
}
