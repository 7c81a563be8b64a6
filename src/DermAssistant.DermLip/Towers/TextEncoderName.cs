namespace DermAssistant.DermLip;

/// <summary>What the name of a text encoder on the hub says of its kind.</summary>
internal static class TextEncoderName
{
    /// <summary>Kinds that compute something else than BERT. The tensors of some have BERT's names, with positions that count from
    /// another number or another epsilon, so that nothing but the name and the configuration tells them apart.</summary>
    private static readonly string[] Others =
    [
        "roberta", "xlm", "camembert", "bertweet", "phobert", "data2vec", "multilingual-e5", "bge-m3", "electra", "ernie", "bigbird", "big_bird",
        "deberta", "mpnet", "distilbert", "longformer", "modernbert",
    ];

    /// <summary>Whether a model type, or the name of a model after its owner's, is known to be none of BERT's.</summary>
    public static bool IsOther(string name) => Others.Any(Own(name).Contains);

    /// <summary>Whether it is named as a BERT-base, as PubMedBERT, BiomedBERT and the first one are.</summary>
    public static bool IsBertBase(string name) => !IsOther(name) && Own(name).Contains("bert-base");

    private static string Own(string name) => name[(name.TrimEnd('/').LastIndexOf('/') + 1)..].ToLowerInvariant();
}
