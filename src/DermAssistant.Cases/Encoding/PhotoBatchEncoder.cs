using DermAssistant.DermLip;
using DermAssistant.Imaging;

namespace DermAssistant.Cases;

/// <summary>Embeds many image files: gate, preprocessing and measurements on all processors, then the encoder a batch at a time.</summary>
/// <remarks>Safe for concurrent use. The result of a file does not depend on the files beside it.</remarks>
public sealed class PhotoBatchEncoder(ModelPack pack, PhotoGate gate)
{
    /// <summary>How many photos one call of the encoder sees at most.</summary>
    public const int BatchSize = 32;

    /// <summary>Embeds files in order, one result a file.</summary>
    /// <param name="measure">Whether the lesion of every photo is measured too.</param>
    /// <exception cref="OperationCanceledException">Between two files.</exception>
    public IEnumerable<EncodedPhoto> Encode(IEnumerable<string> paths, bool measure = false, CancellationToken cancellationToken = default)
    {
        foreach (var batch in paths.Chunk(BatchSize))
            foreach (var encoded in EncodeBatch(batch, measure, cancellationToken))
                yield return encoded;
    }

    private EncodedPhoto[] EncodeBatch(string[] paths, bool measure, CancellationToken cancellationToken)
    {
        var reports = new GateReport[paths.Length];
        var pixels = new float[paths.Length][];
        var measurements = new LesionMeasurements?[paths.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            var admitted = gate.AdmitFile(paths[index]);
            reports[index] = admitted.Report;
            if (admitted.Photo is not { } photo) return;
            pixels[index] = pack.Pixels(photo);
            if (measure) measurements[index] = LesionMeasurer.Measure(photo.ToRgb(LesionMeasurer.WorkingSide));
        });

        cancellationToken.ThrowIfCancellationRequested();
        var accepted = Enumerable.Range(0, paths.Length).Where(index => pixels[index] is not null).ToArray();
        var embeddings = Embed([.. accepted.Select(index => pixels[index])]);
        var results = new EncodedPhoto[paths.Length];
        for (int index = 0, next = 0; index < paths.Length; index++)
            results[index] = new EncodedPhoto(paths[index], reports[index], pixels[index] is null ? null : embeddings[next++], measurements[index]);
        return results;
    }

    private float[][] Embed(float[][] pixels)
    {
        if (pixels.Length == 0) return [];
        var size = pixels[0].Length;
        var dimension = pack.Image.Dimension;
        var together = new float[pixels.Length * size];
        for (var index = 0; index < pixels.Length; index++) pixels[index].CopyTo(together, index * size);
        var embeddings = new float[pixels.Length * dimension];
        pack.Image.Encode(together, pixels.Length, embeddings);
        return [.. embeddings.Chunk(dimension)];
    }
}
