using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace DermAssistant.Ontology.Files;

/// <summary>Walks one data file from front to back and knows the line it is at.</summary>
/// <remarks>
/// A plain walk instead of a serializer: the whole ontology must load in milliseconds in a fresh process, and every
/// fault must name its line. Unknown fields are noted and skipped so that one pass finds all of them; a malformed
/// file ends the walk with <see cref="OntologyException"/>.
/// </remarks>
internal ref struct JsonCursor
{
    private const int MostDepth = 32;
    private const int LongestShared = 24;
    private const string NotUtf8Remedy = "Save the file as UTF-8 (editors call it the encoding), and look whether every letter with an accent is still right.";

    private readonly ReadOnlySpan<byte> _json;
    private readonly List<OntologyFault> _faults;
    private readonly List<string> _fieldsSeen = [];
    private readonly string?[] _shared = new string?[251];
    private readonly int[] _objectStarts = new int[MostDepth];
    private int _depth;
    private Utf8JsonReader _reader;
    private int _lineOffset;
    private int _line = 1;

    public JsonCursor(string file, ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        File = file;
        _faults = faults;
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        _json = json;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MostDepth });
        Advance();
    }

    /// <summary>The file's name relative to the ontology folder.</summary>
    public string File { get; }

    /// <summary>One-based line of the current token.</summary>
    public int Line
    {
        get
        {
            var offset = (int)Math.Min(_reader.TokenStartIndex, _json.Length);
            _line += _json[_lineOffset..offset].Count((byte)'\n');
            _lineOffset = offset;
            return _line;
        }
    }

    /// <summary>Enters the object at the cursor.</summary>
    public void EnterObject(string what)
    {
        Expect(JsonTokenType.StartObject, what, "an object { … }");
        _objectStarts[_depth++] = _fieldsSeen.Count;
    }

    /// <summary>Moves to the value of the next field; false at the end of the object.</summary>
    public bool NextField(out string name)
    {
        Advance();
        if (_reader.TokenType == JsonTokenType.EndObject)
        {
            var start = _objectStarts[--_depth];
            _fieldsSeen.RemoveRange(start, _fieldsSeen.Count - start);
            name = "";
            return false;
        }
        name = Shared();
        if (_fieldsSeen.IndexOf(name, _objectStarts[_depth - 1]) >= 0)
            _faults.Add(new OntologyFault(File, Line, $"The field '{name}' is written twice.", "Keep one of the two."));
        _fieldsSeen.Add(name);
        Advance();
        return true;
    }

    /// <summary>Enters the list at the cursor.</summary>
    public void EnterArray(string what) => Expect(JsonTokenType.StartArray, what, "a list [ … ]");

    /// <summary>Moves to the next element; false at the end of the list.</summary>
    public bool NextElement()
    {
        Advance();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    public string Text(string what)
    {
        Expect(JsonTokenType.String, what, "text in quotes");
        var text = Shared();
        if (string.IsNullOrWhiteSpace(text)) throw Fault($"'{what}' is empty.", "Write the text or remove the field.");
        return text;
    }

    public List<string> Texts(string what)
    {
        EnterArray(what);
        var texts = new List<string>();
        while (NextElement()) texts.Add(Text(what));
        return texts;
    }

    public double Number(string what)
    {
        Expect(JsonTokenType.Number, what, "a number");
        return _reader.GetDouble();
    }

    /// <summary>A whole number.</summary>
    public int Whole(string what)
    {
        Expect(JsonTokenType.Number, what, "a number");
        return _reader.TryGetInt32(out var whole) ? whole : throw Fault($"'{what}' is {Encoding.UTF8.GetString(_reader.ValueSpan)}, not a whole number.", "Write a whole number.");
    }

    /// <summary>A share or probability, 0..1.</summary>
    public double Share(string what)
    {
        var number = Number(what);
        return number is >= 0 and <= 1 ? number : throw Fault($"'{what}' is {number}, not between 0 and 1.", "Write a share between 0 and 1.");
    }

    public bool Truth(string what)
    {
        if (_reader.TokenType is JsonTokenType.True or JsonTokenType.False) return _reader.GetBoolean();
        throw Fault($"'{what}' must be true or false.", "Write true or false without quotes.");
    }

    /// <summary>A word of a fixed list, written in camelCase.</summary>
    public T Word<T>(Vocabulary<T> words, string what) where T : struct, Enum
    {
        var text = Text(what);
        if (words.TryRead(text, out var value)) return value;
        throw Fault($"'{text}' is no {what}.", $"Use one of: {words.Listed}.");
    }

    /// <summary>Every element of the list at the cursor.</summary>
    public static List<T> Elements<T>(ref JsonCursor cursor, string what, ElementReader<T> read)
    {
        cursor.EnterArray(what);
        var elements = new List<T>();
        while (cursor.NextElement()) elements.Add(read(ref cursor));
        return elements;
    }

    /// <summary>Notes a field nobody knows and steps over its value.</summary>
    public void Unknown(string field, string owner, params ReadOnlySpan<string> known)
    {
        _faults.Add(new OntologyFault(File, Line, $"Unknown field '{field}' in {owner}.", $"Remove it or correct its spelling; {owner} has: {string.Join(", ", known)}."));
        try
        {
            _reader.Skip();
        }
        catch (JsonException cause)
        {
            throw Malformed(cause);
        }
    }

    /// <summary>Says that a required field is absent from the object that began at a line.</summary>
    public readonly OntologyException Missing(string field, string owner, int line) =>
        new OntologyFault(File, line, $"{owner} has no '{field}'.", $"Add the field '{field}'.").ToException();

    public OntologyException Fault(string message, string remedy) => new OntologyFault(File, Line, message, remedy).ToException();

    /// <summary>Checks that nothing follows the value that was read.</summary>
    public void End()
    {
        try
        {
            if (!_reader.Read()) return;
        }
        catch (JsonException cause)
        {
            throw Malformed(cause);
        }
        throw Fault("Text follows the end of the file's object.", "Remove what stands after the last closing brace.");
    }

    /// <summary>The text at the cursor; field names, ids of sources and the like, which the files repeat thousands of times, as one string each.</summary>
    private string Shared()
    {
        var utf8 = _reader.ValueSpan;
        if (utf8.Length is 0 or > LongestShared || _reader.ValueIsEscaped) return Decoded();
        ref var held = ref _shared[(utf8.Length + utf8[0] * 7 + utf8[^1] * 31 + utf8[utf8.Length / 2] * 131) % _shared.Length];
        if (held is null || !_reader.ValueTextEquals(held)) held = Decoded();
        return held;
    }

    /// <summary>The text at the cursor; the reader walks over bytes that are no text and only fails when they are asked for.</summary>
    private string Decoded()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException cause)
        {
            throw Undecodable(cause);
        }
    }

    private OntologyException Undecodable(InvalidOperationException cause) => Utf8.IsValid(_reader.ValueSpan)
        ? new OntologyFault(File, Line, "The text holds half a character: an escape such as \\ud800 without its other half.", "Write the character itself, or both halves of its escape.").ToException(cause)
        : new OntologyFault(File, Line, "The text holds bytes that are not UTF-8, as in a file saved as ANSI or Windows-1252.", NotUtf8Remedy).ToException(cause);

    private void Expect(JsonTokenType type, string what, string form)
    {
        if (_reader.TokenType != type) throw Fault($"'{what}' must be {form}.", $"Write {form}.");
    }

    private void Advance()
    {
        try
        {
            if (_reader.Read()) return;
        }
        catch (JsonException cause)
        {
            throw Malformed(cause);
        }
        throw Fault("The file ends in the middle.", "Restore the missing closing braces or the file itself.");
    }

    private readonly OntologyException Malformed(JsonException cause)
    {
        var line = (int)(cause.LineNumber ?? 0) + 1;
        if (_json is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return new OntologyFault(File, 1, "The file is saved as UTF-16.", NotUtf8Remedy).ToException(cause);
        var fault = new OntologyFault(File, line, "The file is not well-formed JSON here.", "Look for a missing comma, quote or brace on this line or the one before it.");
        return fault.ToException(cause);
    }
}

/// <summary>Reads the element a cursor stands at.</summary>
internal delegate T ElementReader<T>(ref JsonCursor cursor);
