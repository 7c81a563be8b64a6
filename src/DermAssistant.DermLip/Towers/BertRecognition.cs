namespace DermAssistant.DermLip;

/// <summary>Tells a BERT from the text encoders whose tensors have the same names.</summary>
internal static class BertRecognition
{
    /// <summary>Positions of RoBERTa and its kind, which count from 2: the first two rows are never used.</summary>
    private const int RobertaPositions = 514;

    public static bool IsIn(StateDict weights) => weights.Has("text.transformer.embeddings.word_embeddings.weight");

    /// <param name="own">The BERT's own configuration; the standard one where null.</param>
    /// <exception cref="ModelPackException">It is another encoder, or the configuration is of another model.</exception>
    public static BertTower Tower(StateDict weights, TextConfig text, int dimension, BertConfig? own)
    {
        if (text.HuggingFaceModel is not { } name)
            throw TowerRecognition.WrongArchitecture(weights, "a BERT text tower", "text_cfg names no hf_model_name, as for a CLIP text tower");
        if (TextEncoderName.IsOther(name))
            throw Other(weights, $"text_cfg.hf_model_name is {name}, which computes something else than a BERT from tensors of the same names");
        var bert = own ?? BertConfig.Standard(weights);
        if (bert.TokenTypes == 1 && (own is null || bert.Positions == RobertaPositions))
            throw Other(weights, $"its text tower has one token type and {bert.Positions} positions, as RoBERTa and XLM-R have and BERT does not");
        return text.ContextLength <= bert.Positions
            ? new BertTower(bert, text.ContextLength, dimension)
            : throw new ModelPackException(
                $"{weights.Source}: text_cfg.context_length is {text.ContextLength}, but the BERT has {bert.Positions} positions.",
                "Use the open_clip_config.json that belongs to the checkpoint.");
    }

    /// <summary>What is taken for granted where a BERT that is not named as a BERT-base comes without its configuration.</summary>
    public static IReadOnlyList<string> Guesses(StateDict weights, TextConfig text, BertConfig? own) =>
        own is null && IsIn(weights) && text.HuggingFaceModel is { } name && !TextEncoderName.IsBertBase(name)
            ? [$"attention heads 64 wide, epsilon 1e-12 and padding id 0 in the BERT '{name}', which came without its config.json"]
            : [];

    private static ModelPackException Other(StateDict weights, string why) => new(
        $"{weights.Source}: {why}.",
        "Of the text encoders of the hub only BERT is supported; use a model with a BERT or a CLIP text tower. If it is a BERT, put its own config.json into the folder.");
}
