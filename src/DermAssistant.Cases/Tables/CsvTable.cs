namespace DermAssistant.Cases;

/// <summary>A CSV file with a header: its rows by column name, read one after the other.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly CsvReader _reader;
    private readonly string _name;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    public CsvTable(CsvReader reader, string name)
    {
        _reader = reader;
        _name = name;
        Header = reader.Read() ?? throw new TableException($"{name} is empty.", "Give a CSV file whose first line names the columns.");
        for (var column = 0; column < Header.Count; column++)
            if (!_columns.TryAdd(Header[column].Trim(), column))
                throw new TableException($"{name}: the column \"{Header[column].Trim()}\" is there twice.", "Give every column its own name.");
    }

    public static CsvTable Open(string path) => new(CsvReader.Open(path), path);

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Header { get; }

    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Index of a column that must be there.</summary>
    /// <exception cref="TableException">It is not; the message names those there are.</exception>
    public int Column(string column) => _columns.TryGetValue(column, out var index)
        ? index
        : throw new TableException($"{_name} has no column \"{column}\".", $"The columns are: {string.Join(", ", Header)}.");

    /// <summary>Index of the first of these columns that is there, or null.</summary>
    public int? ColumnOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_columns.TryGetValue(name, out var index)) return index;
        return null;
    }

    /// <summary>The rows below the header.</summary>
    /// <exception cref="TableException">A row has another number of fields than the header.</exception>
    public IEnumerable<CsvRow> Rows()
    {
        while (_reader.Read() is { } fields)
        {
            if (fields.Count != Header.Count)
                throw new TableException(
                    $"{_name}, line {_reader.Line}: {fields.Count} fields where the header names {Header.Count}.",
                    "Put fields that hold commas into quotation marks.");
            yield return new CsvRow(_reader.Line, fields);
        }
    }

    public void Dispose() => _reader.Dispose();
}

/// <summary>One row of a table.</summary>
/// <param name="Line">Line of the file on which the row begins, counted from 1.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Fields)
{
    /// <summary>The field's text without surrounding white space; empty for an absent column.</summary>
    public string this[int? column] => column is { } index ? Fields[index].Trim() : "";
}
