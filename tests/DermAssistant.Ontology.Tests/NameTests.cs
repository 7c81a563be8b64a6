using DermAssistant.Ontology.Names;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DermAssistant.Ontology.Tests;

public class NameTests
{
    [Theory]
    [InlineData("Haemangiomas", "hemangioma")]
    [InlineData("Bowen’s disease", "Bowens-disease")]
    [InlineData("naevi", "nevus")]
    [InlineData("Tumours", "tumor")]
    [InlineData("localised", "localized")]
    [InlineData("Behçet", "behcet")]
    [InlineData("dermatitides", "dermatitis")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("keratoses", "keratosis")]
    [InlineData("rashes", "rash")]
    [InlineData("oedema", "edema")]
    [InlineData("grey", "gray")]
    public void Spellings_of_one_word_have_one_key(string one, string other) => Assert.Equal(NameKey.Of(other).Replace(" ", "", StringComparison.Ordinal), NameKey.Of(one).Replace(" ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("lupus")]
    [InlineData("pityriasis")]
    [InlineData("abscess")]
    [InlineData("psoriasis")]
    public void An_s_that_is_no_plural_stays(string word) => Assert.Equal(word, NameKey.Of(word));

    [Property(MaxTest = 300)]
    public Property Folding_twice_changes_nothing_of_a_name() => Prop.ForAll(Gen.Elements<OntologyNode>(Shipped.Graph.Conditions).ToArbitrary(), node =>
        NameKey.Of(node.Name.ToUpperInvariant()) == NameKey.Of(node.Name) && NameKey.Of(node.Name + "\u200B") == NameKey.Of(node.Name));

    [Theory]
    [InlineData("melanoma", "melanoma", 0)]
    [InlineData("melanoma", "melanma", 1)]
    [InlineData("melanoma", "melaonma", 1)]
    [InlineData("shingles", "shingels", 1)]
    [InlineData("keratosis", "ketatosys", 2)]
    [InlineData("abc", "xyz", 3)]
    [InlineData("", "ab", 2)]
    public void Slips_are_counted_up_to_the_limit(string first, string second, int distance) => Assert.Equal(distance, EditDistance.Within(first, second, 2));

    [Property(MaxTest = 500)]
    public Property The_banded_distance_is_the_plain_one() => Prop.ForAll(Words(), Words(), (first, second) =>
        EditDistance.Within(first, second, 2) == Math.Min(3, Plain(first, second)));

    private static Arbitrary<string> Words() => Gen.Elements('a', 'b', 'c').ListOf().Select(letters => new string([.. letters.Take(7)])).ToArbitrary();

    /// <summary>Optimal string alignment over the whole table.</summary>
    private static int Plain(string first, string second)
    {
        var table = new int[first.Length + 1, second.Length + 1];
        for (var i = 0; i <= first.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= second.Length; j++) table[0, j] = j;
        for (var i = 1; i <= first.Length; i++)
            for (var j = 1; j <= second.Length; j++)
            {
                var cost = first[i - 1] == second[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        return table[first.Length, second.Length];
    }
}
