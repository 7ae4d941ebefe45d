/// Commands to be shown for pasting into a shell.
package enum Shell {
    /// An argument as a shell takes it: as it is if it is harmless, else in single quotes. What does not print is
    /// written out, so such an argument is to be read, not pasted.
    ///
    /// A shell sees bytes: a quote with a combining mark behind it is a quote all the same, though Swift takes both for
    /// one character.
    package static func quote(_ argument: String) -> String {
        guard argument.isEmpty || !argument.utf8.allSatisfy(isPlain) else { return argument }
        var quoted = "'"
        for scalar in VisibleText.escape(argument).unicodeScalars {
            if scalar == "'" {
                quoted += "'\\''"
            } else {
                quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }

    /// Letters and digits of ASCII and `+` `,` `-` `.` `/` `:` `@` `_`.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...58, 64...90, 97...122, 43...47, 95: true
        default: false
        }
    }
}
