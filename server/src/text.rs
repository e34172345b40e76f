//! The texts that people give.

use crate::error::{Error, Result};

/// Characters of a text at most.
const LONGEST: usize = 4_000;

/// A text as it is kept: line breaks as browsers send them become plain ones, and the ends are trimmed. `missing` is the key
/// of the sentence that says which text is missing, where one is asked for.
pub(crate) fn accepted(text: &str, missing: Option<&'static str>) -> Result<String> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if let Some(key) = missing.filter(|_| text.is_empty()) {
        return Err(Error::Invalid { key, value: String::new() });
    }
    let length = text.chars().count();
    if length > LONGEST {
        return Err(Error::Invalid { key: "error-comment-too-long", value: length.to_string() });
    }
    if let Some(control) = text.chars().find(|character| character.is_control() && *character != '\n') {
        return Err(Error::Invalid { key: "error-comment-characters", value: control.escape_unicode().to_string() });
    }
    Ok(text)
}
