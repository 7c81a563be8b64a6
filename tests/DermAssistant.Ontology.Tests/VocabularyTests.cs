using DermAssistant.Ontology.Files;

namespace DermAssistant.Ontology.Tests;

public sealed class VocabularyTests
{
    [Fact]
    public void Every_value_has_the_word_of_its_name()
    {
        Check(Vocabularies.Urgencies);
        Check(Vocabularies.Flags);
        Check(Vocabularies.Weights);
        Check(Vocabularies.Modalities);
        Check(Vocabularies.ReviewStates);
    }

    private static void Check<T>(Vocabulary<T> vocabulary) where T : struct, Enum
    {
        Assert.Equal(Enum.GetNames<T>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]), vocabulary.Words);
        foreach (var value in Enum.GetValues<T>())
        {
            Assert.True(vocabulary.TryRead(vocabulary.Write(value), out var read));
            Assert.Equal(value, read);
        }
        Assert.False(vocabulary.TryRead("no such word", out _));
    }

    [Fact]
    public void A_set_of_flags_behaves_like_any_set()
    {
        var random = new Random(7);
        var all = Enum.GetValues<ConditionFlag>();
        ConditionFlag[] Some() => [.. all.Where(_ => random.Next(3) == 0)];
        for (var round = 0; round < 200; round++)
        {
            ConditionFlag[] first = Some(), second = round % 5 == 0 ? first : Some();
            var flags = new ConditionFlags();
            foreach (var flag in first) flags.Add(flag);
            var expected = first.ToHashSet();

            Assert.Equal(first.Order(), flags.AsEnumerable().ToList());
            Assert.Equal(expected.Count, flags.Count);
            Assert.All(all, flag => Assert.Equal(expected.Contains(flag), flags.Contains(flag)));
            Assert.Equal(expected.SetEquals(second), flags.SetEquals(second));
            Assert.Equal(expected.Overlaps(second), flags.Overlaps(second));
            Assert.Equal(expected.IsSubsetOf(second), flags.IsSubsetOf(second));
            Assert.Equal(expected.IsSupersetOf(second), flags.IsSupersetOf(second));
            Assert.Equal(expected.IsProperSubsetOf(second), flags.IsProperSubsetOf(second));
            Assert.Equal(expected.IsProperSupersetOf(second), flags.IsProperSupersetOf(second));
        }
    }
}
