using DermAssistant.DermLip;
using DermAssistant.Tests;

namespace DermAssistant.Cases.Tests;

public sealed class Ham10000ImportTests : IDisposable
{
    private const string Header = "image_id,lesion_id,dx,dx_type,age,sex,localization,dataset\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_row_becomes_a_case_with_its_facts_its_link_and_its_licence()
    {
        Data("ISIC_0000001,HAM_1,mel,histo,60,male,back,vidir_modern\n");
        var report = await Import(new CaseImportOptions { Splits = new Dictionary<string, string> { ["HAM_1"] = "validation" } });
        Assert.Equal((1, 0, 0), (report.Imported, report.Resumed, report.Skipped.Count));

        var record = Library().Cases.Single();
        Assert.Equal("ISIC_0000001", record.Id);
        Assert.Equal(TestOntology.Graph.Map("mel").Node!.Id, record.DiagnosisId);
        Assert.Equal("https://api.isic-archive.com/api/v2/images/ISIC_0000001/", record.Url);
        Assert.Equal(("HAM10000", "CC BY-NC 4.0"), (record.Source, record.Licence));
        Assert.Equal("age=60 confirmation=histo lesion=HAM_1 modality=dermoscopic sex=male site=back split=validation",
            string.Join(' ', record.Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.StartsWith("Dermoscopic photo of a melanoma on the back of a 60-year-old man, confirmed by histopathology. Measured in the photo: dermoscopic colour", record.Caption, StringComparison.Ordinal);
        Assert.Contains("Scientific Data", report.Library.Sources.Single().Attribution, StringComparison.Ordinal);
        Assert.Equal(1, report.Library.Sources.Single().Cases);
    }

    [SharedFact("data", "ham10000")]
    public void Every_row_of_the_published_table_has_its_image_and_its_place()
    {
        var plan = new Ham10000Source(TestPaths.InShared("data", "ham10000"), TestOntology.Graph, new CaseImportOptions()).Plan(default);
        Assert.Empty(plan.Skipped);
        Assert.Equal(4786, plan.Cases.Count);
        Assert.Equal(7, plan.Cases.Select(row => row.Diagnosis.Id).Distinct().Count());
        Assert.All(plan.Cases, row => Assert.InRange(row.Caption(null).Length, 40, 200));
    }

    [Fact]
    public async Task A_case_says_what_its_pack_used_the_photo_for()
    {
        Data(Rows(2));
        Directory.CreateDirectory(_folder["pack"]);
        File.WriteAllText(_folder["pack", "splits.csv"], "image_id,split\nISIC_0000001,calibration\n");
        await Import(pack: TinyPack.Open(directory: _folder["pack"]));
        Assert.Equal([null, "calibration"], Library().Cases.Select(record => record.Fields.GetValueOrDefault("split")));
    }

    [Theory]
    [InlineData("akiec")]
    [InlineData("bcc")]
    [InlineData("bkl")]
    [InlineData("df")]
    [InlineData("mel")]
    [InlineData("nv")]
    [InlineData("vasc")]
    public async Task All_seven_diagnoses_have_their_place(string dx)
    {
        Data($"ISIC_0000001,HAM_1,{dx},histo,60,male,back,x\n");
        Assert.Empty((await Import()).Skipped);
    }

    [Fact]
    public async Task What_is_unknown_in_the_table_is_no_field()
    {
        Data("ISIC_0000001,HAM_1,nv,consensus,,unknown,unknown,x\n");
        await Import();
        Assert.Equal(["confirmation", "lesion", "modality"], Library().Cases.Single().Fields.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rows_left_out_are_reported_with_line_and_reason()
    {
        Data("ISIC_0000001,L,nv,histo,60,male,back,x\nISIC_0000002,L,zzz,histo,60,male,back,x\nISIC_0000003,L,nv,histo,60,male,back,x\nISIC_0000001,L,nv,histo,60,male,back,x\nISIC_0000004,L,nv,histo,60,male,back,x\n");
        File.Delete(_folder["data", "images", "ISIC_0000003.bmp"]);
        File.WriteAllText(_folder["data", "images", "ISIC_0000004.bmp"], "not a picture");
        var report = await Import();
        Assert.Equal(1, report.Imported);
        Assert.Equal([3, 4, 5, 6], report.Skipped.Select(row => row.Line));
        Assert.Contains("zzz", report.Skipped[0].Why, StringComparison.Ordinal);
        Assert.Contains("there is no image ISIC_0000003", report.Skipped[1].Why, StringComparison.Ordinal);
        Assert.Contains("twice", report.Skipped[2].Why, StringComparison.Ordinal);
        Assert.NotEmpty(report.Skipped[3].Why);
    }

    [Fact]
    public async Task The_photo_itself_is_found_again_as_a_near_duplicate()
    {
        Data(Rows(40));
        await Import();
        var pack = TinyPack.Open();
        var encoder = new PhotoBatchEncoder(pack, new Imaging.PhotoGate());
        var photo = encoder.Encode([_folder["data", "images", "ISIC_0000007.bmp"]]).Single();
        var found = await Library().SearchAsync(new CaseQuery(photo.Embedding, 1));
        Assert.Equal("ISIC_0000007", found[0].Case.Id);
        Assert.True(found[0].NearDuplicate);
        Assert.True(File.ReadAllText(_folder["library", "library.json"]).Length < 4000);
    }

    [Fact]
    public async Task An_import_that_was_stopped_goes_on_and_ends_in_the_same_bytes()
    {
        Data(Rows(70));
        await Import(library: "whole");

        var photos = 0;
        using var stop = new CancellationTokenSource();
        var stopped = TinyPack.Open(onEncode: count => { if ((photos += count) >= 33) stop.Cancel(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Import(pack: stopped, cancellationToken: stop.Token));
        Assert.False(File.Exists(_folder["library", "library.json"]));

        var encoded = 0;
        var report = await Import(pack: TinyPack.Open(onEncode: count => encoded += count));
        Assert.InRange(report.Resumed, 32, 64);
        Assert.Equal(70 - report.Resumed, encoded);
        Assert.Equal(Content("whole"), Content("library"));
    }

    [Fact]
    public async Task An_import_that_was_stopped_leaves_the_library_that_was_there()
    {
        Data(Rows(3));
        await Import();
        var before = Content("library");
        Data(Rows(20));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Import(pack: TinyPack.Open(onEncode: _ => stop.Cancel()), cancellationToken: stop.Token));
        Assert.Equal(before, Content("library").Where(file => !file.Key.EndsWith(".journal", StringComparison.Ordinal)));
        Assert.Equal(3, Library().Cases.Count);
    }

    [Fact]
    public async Task Importing_again_changes_nothing_and_importing_more_adds()
    {
        Data(Rows(5));
        await Import();
        var before = Content("library");
        await Import();
        Assert.Equal(before, Content("library"));

        Directory.Delete(_folder["data"], recursive: true);
        Data(Rows(3, from: 100));
        var report = await Import();
        Assert.Equal((3, 8), (report.Imported, report.Library.Count));
        await Import(new CaseImportOptions { Replace = true });
        Assert.Equal(3, Library().Cases.Count);
    }

    [Fact]
    public async Task A_library_of_another_pack_is_only_replaced_on_request()
    {
        Data(Rows(2));
        await Import();
        var failure = await Assert.ThrowsAsync<CaseStoreException>(() => Import(pack: TinyPack.Open("2")));
        Assert.Contains("tiny 1", failure.Message, StringComparison.Ordinal);
        var report = await Import(new CaseImportOptions { Replace = true }, TinyPack.Open("2"));
        Assert.Equal("2", report.Library.Pack.Version);
    }

    [Fact]
    public async Task A_malformed_table_and_a_missing_one_leave_nothing_behind()
    {
        Data("ISIC_0000001,HAM_1,mel\n");
        var failure = await Assert.ThrowsAsync<TableException>(() => Import());
        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
        File.Delete(_folder["data", "metadata.csv"]);
        await Assert.ThrowsAsync<TableException>(() => Import());
        Assert.False(Directory.Exists(_folder["library"]));
    }

    [Fact]
    public async Task A_table_no_row_of_which_can_be_used_is_an_error_that_says_why()
    {
        Data("ISIC_0000001,L,zzz,histo,60,male,back,x\n");
        var failure = await Assert.ThrowsAsync<TableException>(() => Import());
        Assert.Contains("zzz", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["library", "library.json"]));
    }

    [Fact]
    public async Task Progress_ends_at_the_number_of_photos()
    {
        Data(Rows(40));
        var seen = new List<CaseImportProgress>();
        await Import(progress: new Recorder(seen));
        Assert.Equal([0, 32, 40], seen.Select(progress => progress.Done));
        Assert.All(seen, progress => Assert.Equal(40, progress.Total));
        Assert.Equal(TimeSpan.Zero, seen[^1].Remaining);
    }

    [Fact]
    public async Task An_unknown_format_names_the_known_ones()
    {
        var importer = new CaseImporter(TinyPack.Open(), TestOntology.Graph);
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => importer.ImportAsync("isic", _folder.Path, _folder.Path));
        Assert.Contains("ham10000, derm1m", failure.Message, StringComparison.Ordinal);
    }

    private void Data(string rows)
    {
        Directory.CreateDirectory(_folder["data", "images"]);
        File.WriteAllText(_folder["data", "metadata.csv"], Header + rows);
        foreach (var line in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var id = line[..line.IndexOf(',', StringComparison.Ordinal)];
            BmpPhoto.Write(_folder["data", "images", id + ".bmp"], int.Parse(id[5..]));
        }
    }

    private static string Rows(int count, int from = 0) =>
        string.Concat(Enumerable.Range(from, count).Select(index => $"ISIC_{index:0000000},HAM_{index},{(index % 3 == 0 ? "mel" : "nv")},histo,{5 * (index % 17)},male,back,x\n"));

    private Task<CaseImportReport> Import(
        CaseImportOptions? options = null, ModelPack? pack = null, string library = "library", IProgress<CaseImportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new CaseImporter(pack ?? TinyPack.Open(), TestOntology.Graph).ImportHam10000Async(_folder["data"], _folder[library], options, progress, cancellationToken);

    private EmbeddedCaseLibrary Library() => EmbeddedCaseLibrary.Open(_folder["library"]);

    private SortedDictionary<string, string> Content(string library) =>
        new(Directory.GetFiles(_folder[library]).ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexString(File.ReadAllBytes(path))), StringComparer.Ordinal);

    private sealed class Recorder(List<CaseImportProgress> seen) : IProgress<CaseImportProgress>
    {
        public void Report(CaseImportProgress value) => seen.Add(value);
    }
}
