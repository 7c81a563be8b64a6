using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DermAssistant.DermLip;

namespace DermAssistant.Diagnosis;

/// <summary>Embeddings of prompts, computed once a pack and kept in a folder where one is given.</summary>
/// <remarks>A file is named by a hash of pack, version and texts, so that a change of any of them makes another file; a damaged one is recomputed.</remarks>
internal sealed class TextEmbeddings(
    ITextEncoder encoder, string packId, string packVersion, string? cacheDirectory, IProgress<PromptProgress>? progress = null, TimeProvider? time = null)
{
    /// <summary>Texts of equal length are encoded together, so a call should hold many.</summary>
    private const int BatchSize = 512;

    /// <summary>Nobody needs to be told of less.</summary>
    private static readonly TimeSpan Moments = TimeSpan.FromSeconds(2);

    private const float UnitTolerance = 1e-3f;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>One L2-normalised embedding a text, [texts.Count, Dimension] row-major.</summary>
    public float[] Encode(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return [];
        var path = cacheDirectory is null ? null : Path.Combine(cacheDirectory, Key(texts) + ".f32");
        if (path is not null && TryRead(path, texts.Count, encoder.Dimension) is { } kept) return kept;
        var embeddings = Compute(texts);
        if (path is not null) Keep(path, embeddings);
        return embeddings;
    }

    private float[] Compute(IReadOnlyList<string> texts)
    {
        var result = new float[texts.Count * encoder.Dimension];
        var begun = _time.GetTimestamp();
        for (var start = 0; start < texts.Count; start += BatchSize)
        {
            encoder.Encode([.. texts.Skip(start).Take(BatchSize)]).CopyTo(result, start * encoder.Dimension);
            var (done, taken) = (Math.Min(start + BatchSize, texts.Count), _time.GetElapsedTime(begun));
            if (taken >= Moments) progress?.Report(new PromptProgress(done, texts.Count, taken / done * (texts.Count - done)));
        }
        return result;
    }

    private string Key(IReadOnlyList<string> texts)
    {
        var lines = new StringBuilder();
        lines.Append(packId).Append('\n').Append(packVersion).Append('\n').Append(encoder.Dimension.ToString(CultureInfo.InvariantCulture));
        foreach (var text in texts) lines.Append('\n').Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    private static float[]? TryRead(string path, int count, int dimension)
    {
        try
        {
            if (!File.Exists(path)) return null;
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length != count * dimension * sizeof(float)) return null;
            var values = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            // A file that the system lost power over may have its length and nothing but zeros.
            for (var row = 0; row < count; row++)
                if (!(Math.Abs(TensorPrimitives.Norm<float>(values.AsSpan(row * dimension, dimension)) - 1) < UnitTolerance)) return null;
            return values;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A cache that cannot be written costs time and nothing else, so failing to write is no error.</summary>
    private static void Keep(string path, float[] embeddings)
    {
        var partial = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(partial, MemoryMarshal.AsBytes(embeddings.AsSpan()).ToArray());
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(partial);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is not writable; nothing was left in it either.
        }
    }
}
