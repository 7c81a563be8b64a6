using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DermAssistant.Cases.Tests;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b", "1|2")]
    [InlineData("a,b\r\n1,2", "a|b", "1|2")]
    [InlineData("a\r1\r", "a", "1")]
    [InlineData("\uFEFFa,b\n1,2", "a|b", "1|2")]
    [InlineData("\n\na,b\n\n1,2\n\n", "a|b", "1|2")]
    [InlineData("a,b\n,\n", "a|b", "|")]
    [InlineData("a,b\n\"x,y\",\"he said \"\"no\"\"\"\n", "a|b", "x,y|he said \"no\"")]
    [InlineData("a,b\n\"two\nlines\",\"\"\n", "a|b", "two\nlines|")]
    public void Reads_what_the_rfc_describes(string text, params string[] records)
    {
        using var reader = new CsvReader(new StringReader(text), "table.csv");
        foreach (var record in records) Assert.Equal(record, string.Join('|', reader.Read()!));
        Assert.Null(reader.Read());
    }

    [Theory]
    [InlineData("a,b\n1,\"2\n3", "line 2: a quotation mark is opened and never closed")]
    [InlineData("a,b\n1,2\n3,x\"y\n", "line 3: a quotation mark stands inside a field")]
    [InlineData("a\n\"x\ny\"z\n", "line 3: 'z' follows a closing quotation mark")]
    public void Names_the_line_of_what_is_malformed(string text, string message)
    {
        using var reader = new CsvReader(new StringReader(text), "table.csv");
        var failure = Assert.Throws<TableException>(() => { while (reader.Read() is not null) { } });
        Assert.Contains($"table.csv, {message}", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Hint);
    }

    [Fact]
    public void Line_numbers_count_the_lines_inside_quoted_fields()
    {
        using var reader = new CsvReader(new StringReader("a\n\"1\r\n2\n3\"\nb\n"), "table.csv");
        var lines = new List<int>();
        while (reader.Read() is not null) lines.Add(reader.Line);
        Assert.Equal([1, 2, 5], lines);
    }

    [Property]
    public Property Reads_back_every_table_that_was_quoted()
    {
        var field = Gen.Choose(0, 5).SelectMany(length => Gen.ArrayOf(Gen.Elements('a', 'ü', ',', '"', '\n', '\r', ' ', '漢'), length)).Select(characters => new string(characters));
        var record = Gen.ArrayOf(field, 3);
        return Prop.ForAll(Gen.ListOf(record).ToArbitrary(), records =>
        {
            var text = string.Concat(records.Select(fields => string.Join(',', fields.Select(value => '"' + value.Replace("\"", "\"\"", StringComparison.Ordinal) + '"')) + "\n"));
            using var reader = new CsvReader(new StringReader(text), "table.csv");
            foreach (var fields in records) Assert.Equal(fields, reader.Read());
            Assert.Null(reader.Read());
        });
    }

    [Fact]
    public void A_git_lfs_pointer_is_named_as_such()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["t.csv"], "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n");
        var failure = Assert.Throws<TableException>(() => CsvReader.Open(folder["t.csv"]));
        Assert.Contains("Git LFS pointer", failure.Message, StringComparison.Ordinal);
        Assert.Contains("git lfs pull", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_a_folder_and_text_that_is_not_utf8_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("none.csv", Assert.Throws<TableException>(() => CsvReader.Open(folder["none.csv"])).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<TableException>(() => CsvReader.Open(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder["latin1.csv"], [.. "a\nna"u8, 0xEF, .. "ve\n"u8]);
        using var reader = CsvReader.Open(folder["latin1.csv"]);
        Assert.Contains("not UTF-8", Assert.Throws<TableException>(() => { while (reader.Read() is not null) { } }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_another_length_than_the_header_is_named()
    {
        using var table = new CsvTable(new CsvReader(new StringReader("a,b\n1,2\n1,2,3\n"), "t.csv"), "t.csv");
        var failure = Assert.Throws<TableException>(() => table.Rows().Count());
        Assert.Equal("t.csv, line 3: 3 fields where the header names 2.", failure.Message);
    }

    [Fact]
    public void A_missing_column_names_the_ones_there_are()
    {
        using var table = new CsvTable(new CsvReader(new StringReader("id, Label \n"), "t.csv"), "t.csv");
        Assert.Equal(1, table.Column("label"));
        Assert.Equal("The columns are: id,  Label .", Assert.Throws<TableException>(() => table.Column("dx")).Hint);
    }
}
