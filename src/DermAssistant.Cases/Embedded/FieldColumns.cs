using System.Globalization;

namespace DermAssistant.Cases;

/// <summary>The values cases can be filtered on, one column a field: a code per row and the distinct values the codes stand for.</summary>
/// <remarks>A filter is decided once per distinct value, not once per case. Immutable; safe for concurrent use.</remarks>
internal sealed class FieldColumns
{
    private const string Diagnosis = "diagnosis";
    private const string Age = "age";

    private readonly IReadOnlyList<CaseRecord> _cases;
    private readonly SortedDictionary<string, Column> _columns = new(StringComparer.OrdinalIgnoreCase);

    public FieldColumns(IReadOnlyList<CaseRecord> cases)
    {
        _cases = cases;
        AddColumn("id", record => record.Id);
        AddColumn("source", record => record.Source);
        AddColumn(Diagnosis, record => record.DiagnosisId);
        // The file's order of fields must not decide which of two spellings of a name is kept.
        foreach (var field in cases.SelectMany(record => record.Fields.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList())
            AddColumn(field, record => record.Fields.GetValueOrDefault(field));
    }

    /// <summary>Names that can be filtered on, in alphabetical order.</summary>
    public IEnumerable<string> Names => _columns.Keys;

    /// <summary>How many cases have each value of a field, the most frequent first.</summary>
    public IReadOnlyList<(string Value, int Count)> Counts(string field)
    {
        var column = _columns[field];
        var counts = new int[column.Values.Count];
        foreach (var code in column.Codes)
            if (code >= 0) counts[code]++;
        return [.. column.Values.Select((value, code) => (value, counts[code])).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.value, StringComparer.Ordinal)];
    }

    /// <summary>Which rows pass all filters, or null for all of them when there are none.</summary>
    public bool[]? Admit(IReadOnlyList<CaseFilter>? filters)
    {
        if (filters is null || filters.Count == 0) return null;
        var admitted = new bool[_cases.Count];
        Array.Fill(admitted, true);
        foreach (var filter in filters)
        {
            if (!_columns.TryGetValue(filter.Field, out var column))
                throw new CaseFilterException($"The case library has no field \"{filter.Field}\".", $"The fields are: {string.Join(", ", Names)}.");
            var test = Test(filter);
            var passes = column.Values.Select(test).ToArray();
            for (var row = 0; row < admitted.Length; row++)
            {
                var code = column.Codes[row];
                admitted[row] &= (code >= 0 && passes[code]) != filter.Negated;
            }
        }
        return admitted;
    }

    private Func<string, bool> Test(CaseFilter filter)
    {
        var wanted = filter.Value.Trim();
        if (wanted.Length == 0)
            throw new CaseFilterException($"The filter on \"{filter.Field}\" has no value.", $"Write {filter.Field}=VALUE.");
        if (filter.Field.Equals(Diagnosis, StringComparison.OrdinalIgnoreCase)) return IsWithin(wanted);
        if (filter.Field.Equals(Age, StringComparison.OrdinalIgnoreCase))
        {
            var band = AgeBand.Parse(wanted);
            return value => band.Holds(value);
        }
        return value => value.Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Ids are paths, so that everything below a node begins with its id; a name stands for the nodes that carry it.</summary>
    private Func<string, bool> IsWithin(string node)
    {
        var named = _cases.Where(record => record.DiagnosisName.Equals(node, StringComparison.OrdinalIgnoreCase))
            .Select(record => record.DiagnosisId).ToHashSet(StringComparer.Ordinal);
        return id => named.Contains(id)
            || (id.StartsWith(node, StringComparison.OrdinalIgnoreCase) && (id.Length == node.Length || id[node.Length] == '/'));
    }

    private void AddColumn(string name, Func<CaseRecord, string?> read)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var values = new List<string>();
        var codes = new int[_cases.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            var value = read(_cases[row]);
            if (string.IsNullOrEmpty(value))
            {
                codes[row] = -1;
                continue;
            }
            if (!known.TryGetValue(value, out codes[row]))
            {
                known.Add(value, codes[row] = values.Count);
                values.Add(value);
            }
        }
        _columns.TryAdd(name, new Column(codes, values));
    }

    /// <param name="Codes">Index of the row's value, or -1 where the case has none.</param>
    private sealed record Column(int[] Codes, List<string> Values);

    /// <summary>Whole years from <paramref name="From"/> to <paramref name="To"/>, both included.</summary>
    private readonly record struct AgeBand(double From, double To)
    {
        public static AgeBand Parse(string text)
        {
            if (text.EndsWith('+') && Years(text.AsSpan(0, text.Length - 1)) is { } from) return new(from, double.PositiveInfinity);
            if (Years(text) is { } exact) return new(exact, exact);
            var dash = text.AsSpan().IndexOfAny('-', '–');
            if (dash > 0 && Years(text.AsSpan(0, dash)) is { } low && Years(text.AsSpan(dash + 1)) is { } high && low <= high) return new(low, high);
            throw new CaseFilterException($"The filter age={text} cannot be read.", "Write a number of years (age=60), a band (age=50-59) or a lower bound (age=60+).");
        }

        public bool Holds(string value) => Years(value) is { } years && years >= From && years <= To;

        private static double? Years(ReadOnlySpan<char> text) =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var years) ? years : null;
    }
}
