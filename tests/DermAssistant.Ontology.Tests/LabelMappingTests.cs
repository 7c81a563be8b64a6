using System.Text.Json;
using DermAssistant.Tests;

namespace DermAssistant.Ontology.Tests;

public class LabelMappingTests
{
    [Theory]
    [InlineData("nv", "Melanocytic nevus")]
    [InlineData("mel", "Melanoma")]
    [InlineData("bcc", "Basal cell carcinoma")]
    [InlineData("bkl", "Benign keratosis, unspecified")]
    [InlineData("akiec", "Actinic keratosis or intraepidermal carcinoma")]
    [InlineData("df", "Dermatofibroma")]
    [InlineData("vasc", "Vascular lesion, unspecified")]
    [InlineData("ACK", "Actinic keratosis")]
    [InlineData("SEK", "Seborrheic keratosis")]
    [InlineData("NEV", "Melanocytic nevus")]
    public void A_code_of_a_data_set_is_placed(string label, string condition)
    {
        var mapping = Shipped.Graph.Map(label);

        Assert.Equal(condition, mapping.Node?.Name);
        Assert.Equal(LabelMatch.Synonym, mapping.How);
    }

    [SharedFact("facts", "conditions.json")]
    public void Every_published_label_of_the_facts_resolves_to_its_condition()
    {
        using var facts = JsonDocument.Parse(File.ReadAllBytes(TestPaths.InShared("facts", "conditions.json")));
        var wrong = new List<string>();
        foreach (var condition in facts.RootElement.GetProperty("conditions").EnumerateArray())
        {
            var name = condition.GetProperty("name").GetString();
            var labels = condition.GetProperty("derm1m_nodes").EnumerateArray()
                .Concat(condition.GetProperty("benchmarks").EnumerateObject().SelectMany(set => set.Value.EnumerateArray()));
            foreach (var label in labels.Select(element => element.GetString()!))
            {
                // The class of HAM10000, not the one diagnosis the facts give it to.
                var expected = string.Equals(label, "benign keratosis", StringComparison.OrdinalIgnoreCase) ? "Benign keratosis, unspecified" : name;
                var found = Shipped.Graph.Map(label).Node?.Name;
                if (found != expected) wrong.Add($"{label}: {found} instead of {expected}");
            }
        }
        Assert.Empty(wrong);
    }
}
