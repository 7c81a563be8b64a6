using DermAssistant.Cases;

namespace DermAssistant.Agent.Tests;

/// <summary>Twenty cases of the seven classes; similarity falls with the number.</summary>
internal sealed class TestCases(string? caption = null, bool broken = false) : ICaseLibrary
{
    private readonly List<CaseMatch> _cases =
    [
        .. Enumerable.Range(0, 20).Select(i =>
        {
            var node = TestRoom.Ontology.Find(TestReadings.Labels[i % 4 == 3 ? 1 + i % 6 : 0])!;
            return new CaseMatch(
                new CaseRecord($"ISIC_00{i:00000}", node.Id, node.Name, caption ?? $"{node.Name}, back, 45-year-old male", "HAM10000", "https://example.org/" + i, "CC BY-NC 4.0", new Dictionary<string, string>()),
                0.97 - i * 0.0123,
                false);
        }),
    ];

    public string PackId => TestReadings.Pack;

    public Task<int> CountAsync(CancellationToken cancellationToken = default) => Task.FromResult(_cases.Count);

    public Task<IReadOnlyList<CaseMatch>> SearchAsync(CaseQuery query, CancellationToken cancellationToken = default)
    {
        if (broken) throw new CaseStoreException("The case store does not answer.", "Start it.");
        var excluded = (query.Filters ?? []).Where(f => f is { Field: "diagnosis", Negated: true }).Select(f => f.Value).ToHashSet();
        return Task.FromResult<IReadOnlyList<CaseMatch>>([.. _cases.Where(c => !excluded.Contains(c.Case.DiagnosisId)).Take(query.Top)]);
    }

    public Task<CaseRecord?> FindAsync(string id, CancellationToken cancellationToken = default) => Task.FromResult(_cases.Find(c => c.Case.Id == id)?.Case);
}
