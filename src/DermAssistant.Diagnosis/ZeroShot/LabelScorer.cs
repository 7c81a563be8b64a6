using System.Security.Cryptography;
using System.Text;
using DermAssistant.DermLip;
using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>A pack's labels with the classifier over them: what reading and calibrating share.</summary>
internal sealed class LabelScorer
{
    public LabelScorer(ModelPack pack, OntologyGraph ontology, PromptLibrary prompts, PhotoReaderOptions? options = null)
    {
        Labels = LabelSet.Load(pack.Directory, ontology);
        Texts = new TextEmbeddings(pack.Text, pack.Manifest.Id, pack.Manifest.Version, options?.CacheDirectory, options?.Progress);
        var wordings = ZeroShotClassifier.PromptsOf(Labels, prompts);
        PromptsHash = Hash(wordings);
        Classifier = ZeroShotClassifier.Build(wordings, Texts, pack.Text.Dimension);
    }

    public LabelSet Labels { get; }

    public TextEmbeddings Texts { get; }

    public ZeroShotClassifier Classifier { get; }

    /// <summary>Of all prompts in order.</summary>
    public string PromptsHash { get; }

    private static string Hash(IReadOnlyList<IReadOnlyList<string>> prompts)
    {
        var text = new StringBuilder();
        foreach (var list in prompts)
        {
            foreach (var prompt in list) text.Append(prompt).Append('\n');
            text.Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
