namespace DermAssistant.Cases.Tests;

public sealed class ImportJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_journal_cut_at_any_byte_gives_back_the_entries_before_the_cut()
    {
        var cases = TestCases.Random(5, 4, 3);
        var ends = new List<long> { 32 };
        using (var journal = ImportJournal.Open(_folder.Path, "same", 3))
        {
            foreach (var entry in cases)
            {
                journal.Add(entry);
                journal.Flush();
                ends.Add(new FileInfo(_folder["import.journal"]).Length);
            }
        }

        var whole = File.ReadAllBytes(_folder["import.journal"]);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(_folder["import.journal"], whole[..length]);
            using var journal = ImportJournal.Open(_folder.Path, "same", 3);
            var complete = ends.Skip(1).Count(end => end <= length);
            Assert.Equal(cases.Take(complete).Select(entry => entry.Record.Id), journal.Cases.Select(entry => entry.Record.Id));
            Assert.All(journal.Cases.Zip(cases), pair => Assert.Equal(pair.Second.Embedding, pair.First.Embedding));
        }
    }

    [Fact]
    public void An_import_goes_on_behind_a_torn_entry()
    {
        var cases = TestCases.Random(6, 3, 3);
        using (var journal = ImportJournal.Open(_folder.Path, "same", 3))
        {
            journal.Add(cases[0]);
            journal.Add(cases[1]);
        }
        using (var file = new FileStream(_folder["import.journal"], FileMode.Open)) file.SetLength(file.Length - 5);
        using (var journal = ImportJournal.Open(_folder.Path, "same", 3)) journal.Add(cases[2]);

        using var again = ImportJournal.Open(_folder.Path, "same", 3);
        Assert.Equal([cases[0].Record.Id, cases[2].Record.Id], again.Cases.Select(entry => entry.Record.Id));
    }

    [Fact]
    public void The_journal_of_another_import_is_begun_anew()
    {
        using (var journal = ImportJournal.Open(_folder.Path, "one", 3)) journal.Add(TestCases.Random(6, 1, 3)[0]);
        using (var journal = ImportJournal.Open(_folder.Path, "two", 3)) Assert.Empty(journal.Cases);
    }

    [Fact]
    public void Two_imports_into_one_library_do_not_run_at_once()
    {
        using var first = ImportJournal.Open(_folder.Path, "same", 3);
        var failure = Assert.Throws<CaseStoreException>(() => ImportJournal.Open(_folder.Path, "same", 3));
        Assert.Contains("no other import", failure.Hint, StringComparison.Ordinal);
    }
}
