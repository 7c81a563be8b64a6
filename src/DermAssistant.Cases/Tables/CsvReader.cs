using System.Text;

namespace DermAssistant.Cases;

/// <summary>Reads comma-separated records as RFC 4180 describes them, one at a time.</summary>
/// <remarks>
/// Quoted fields may hold commas, doubled quotes and line breaks; LF, CRLF and CR end a record; a byte-order mark is skipped;
/// empty lines between records are skipped. What the RFC does not allow (a quote inside a bare field, text after a closing
/// quote, an unclosed quote) is an error that names the line, because guessing would shift columns.
/// </remarks>
internal sealed class CsvReader(TextReader text, string name) : IDisposable
{
    /// <summary>No sane field is longer; an unclosed quote would otherwise read a whole file into one field.</summary>
    private const int MaxFieldLength = 4_000_000;

    private readonly StringBuilder _field = new();
    private int _line = 1;
    private bool _started;

    /// <summary>Line on which the last record read began, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Opens a file of UTF-8 text.</summary>
    /// <exception cref="TableException">There is no such file, or it is a Git LFS pointer instead of the data.</exception>
    public static CsvReader Open(string path)
    {
        if (Directory.Exists(path))
            throw new TableException($"{path} is a folder, not a table.", "Name the CSV file itself.");
        try
        {
            if (GitLfsPointer.IsPointer(path))
                throw new TableException($"{path} is a Git LFS pointer, not the table itself.",
                    "Fetch the data with `git lfs pull` in the folder it came from, or download the file from its web page.");
            return new CsvReader(new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 1 << 16), path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TableException($"There is no file {path}.", "Check the path of the CSV file.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TableException($"{path} cannot be read: {failure.Message}", "Check that the file may be read.", failure);
        }
    }

    /// <summary>Reads the next record, or null at the end.</summary>
    /// <exception cref="TableException">The text is not well-formed CSV.</exception>
    public IReadOnlyList<string>? Read()
    {
        try
        {
            return ReadRecord();
        }
        catch (DecoderFallbackException failure)
        {
            throw new TableException($"{name}, near line {_line}: the text is not UTF-8.", "Save the table as UTF-8 and try again.", failure);
        }
    }

    public void Dispose() => text.Dispose();

    private List<string>? ReadRecord()
    {
        SkipMarkAndEmptyLines();
        if (text.Peek() < 0) return null;

        Line = _line;
        var fields = new List<string>();
        while (true)
        {
            var quoted = text.Peek() == '"';
            var ended = quoted ? ReadQuoted() : ReadBare();
            fields.Add(_field.ToString());
            _field.Clear();
            if (ended) return fields;
        }
    }

    private void SkipMarkAndEmptyLines()
    {
        // A StreamReader drops the mark of a file; a table handed over as text may still carry it.
        if (!_started && text.Peek() == '\uFEFF') text.Read();
        _started = true;
        while (text.Peek() is '\r' or '\n') EndLine(text.Read());
    }

    /// <summary>Reads a field without quotes; true when it ends the record.</summary>
    private bool ReadBare()
    {
        while (true)
        {
            var next = text.Read();
            switch (next)
            {
                case < 0:
                    return true;
                case ',':
                    return false;
                case '\r' or '\n':
                    EndLine(next);
                    return true;
                case '"':
                    throw Malformed("a quotation mark stands inside a field that does not begin with one",
                        "Put the whole field into quotation marks and double the ones inside.");
                default:
                    Append((char)next);
                    break;
            }
        }
    }

    /// <summary>Reads a quoted field; true when it ends the record.</summary>
    private bool ReadQuoted()
    {
        var opened = _line;
        text.Read();
        while (true)
        {
            var next = text.Read();
            if (next < 0)
                throw new TableException($"{name}, line {opened}: a quotation mark is opened and never closed.", "Close it, or double it where it is part of the text.");
            if (next != '"')
            {
                if (next == '\n' || (next == '\r' && text.Peek() != '\n')) _line++;
                Append((char)next);
                continue;
            }

            next = text.Read();
            switch (next)
            {
                case '"':
                    Append('"');
                    break;
                case < 0:
                    return true;
                case ',':
                    return false;
                case '\r' or '\n':
                    EndLine(next);
                    return true;
                default:
                    throw Malformed($"'{(char)next}' follows a closing quotation mark", "Double the quotation marks that are part of the text.");
            }
        }
    }

    private void Append(char character)
    {
        if (_field.Length >= MaxFieldLength)
            throw new TableException($"{name}, line {Line}: a field is longer than {MaxFieldLength:N0} characters.", "Look for a quotation mark that is opened and never closed.");
        _field.Append(character);
    }

    private void EndLine(int first)
    {
        if (first == '\r' && text.Peek() == '\n') text.Read();
        _line++;
    }

    private TableException Malformed(string what, string hint) => new($"{name}, line {_line}: {what}.", hint);
}
