using DermAssistant.DermLip;
using static TorchSharp.torch;

namespace DermAssistant.Training;

/// <summary>Texts as a padded batch of token ids.</summary>
internal static class TokenBatch
{
    /// <summary>[N, longest], padded with 0 behind each end-of-text token.</summary>
    public static Tensor Of(ITokenizer tokenizer, IReadOnlyList<string> texts)
    {
        var ids = texts.Select(tokenizer.Encode).ToArray();
        var length = ids.Max(i => i.Length);
        var flat = new long[ids.Length * length];
        for (var row = 0; row < ids.Length; row++)
            for (var at = 0; at < ids[row].Length; at++)
                flat[row * length + at] = ids[row][at];
        return tensor(flat, [ids.Length, length]);
    }
}
