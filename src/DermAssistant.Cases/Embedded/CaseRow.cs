using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DermAssistant.Cases;

/// <summary>A case as one line of JSON.</summary>
internal static class CaseRow
{
    // The file is data of its own, never part of a page: letters of every language stay readable.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends the case and a line feed.</summary>
    public static void Write(IBufferWriter<byte> output, CaseRecord record)
    {
        using (var json = new Utf8JsonWriter(output, Plain))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, record.Id);
            json.WriteString("diagnosis"u8, record.DiagnosisId);
            json.WriteString("name"u8, record.DiagnosisName);
            json.WriteString("caption"u8, record.Caption);
            json.WriteString("source"u8, record.Source);
            json.WriteString("url"u8, record.Url);
            json.WriteString("licence"u8, record.Licence);
            json.WriteStartObject("fields"u8);
            foreach (var (field, value) in record.Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(field, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    /// <summary>Reads one line.</summary>
    /// <param name="words">Strings already seen: names, licences and field values repeat from case to case.</param>
    /// <exception cref="FormatException">The line is not a case.</exception>
    public static CaseRecord Read(ReadOnlySpan<byte> line, WordPool words)
    {
        string? id = null, diagnosis = null, name = null, caption = null, source = null, url = null, licence = null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var json = new Utf8JsonReader(line);
            Expect(json.Read() && json.TokenType == JsonTokenType.StartObject);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("id"u8)) id = Text(ref json);
                else if (json.ValueTextEquals("diagnosis"u8)) diagnosis = Word(ref json, words);
                else if (json.ValueTextEquals("name"u8)) name = Word(ref json, words);
                else if (json.ValueTextEquals("caption"u8)) caption = Text(ref json);
                else if (json.ValueTextEquals("source"u8)) source = Word(ref json, words);
                else if (json.ValueTextEquals("url"u8)) url = Text(ref json);
                else if (json.ValueTextEquals("licence"u8)) licence = Word(ref json, words);
                else if (json.ValueTextEquals("fields"u8)) ReadFields(ref json, fields, words);
                else json.Skip();
            }
        }
        catch (JsonException failure)
        {
            throw new FormatException(failure.Message, failure);
        }

        return new CaseRecord(
            id ?? throw Missing("id"), diagnosis ?? throw Missing("diagnosis"), name ?? throw Missing("name"), caption ?? throw Missing("caption"),
            source ?? throw Missing("source"), url ?? throw Missing("url"), licence ?? throw Missing("licence"), fields);
    }

    private static void ReadFields(ref Utf8JsonReader json, Dictionary<string, string> fields, WordPool words)
    {
        Expect(json.Read() && json.TokenType == JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            fields[words.Take(json.ValueSpan)] = Word(ref json, words);
    }

    private static string Text(ref Utf8JsonReader json)
    {
        Expect(json.Read() && json.TokenType == JsonTokenType.String);
        return json.GetString()!;
    }

    private static string Word(ref Utf8JsonReader json, WordPool words)
    {
        Expect(json.Read() && json.TokenType == JsonTokenType.String);
        return json.ValueIsEscaped ? json.GetString()! : words.Take(json.ValueSpan);
    }

    private static void Expect(bool holds)
    {
        if (!holds) throw new FormatException("the line is not a case");
    }

    private static FormatException Missing(string property) => new($"the case has no \"{property}\"");
}

/// <summary>Keeps one string for each word read from UTF-8, so that thousands of cases share their names and licences.</summary>
internal sealed class WordPool
{
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _words =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public string Take(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > 128) return Encoding.UTF8.GetString(utf8);
        Span<char> characters = stackalloc char[128];
        var word = characters[..Encoding.UTF8.GetChars(utf8, characters)];
        if (_words.TryGetValue(word, out var known)) return known;
        var text = word.ToString();
        _words.TryAdd(word, text);
        return text;
    }
}
