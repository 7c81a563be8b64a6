namespace DermAssistant.Diagnosis;

/// <summary>The few operations on embeddings, accumulated in double so that the order of prompts changes nothing that shows.</summary>
internal static class Vectors
{
    public static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (var i = 0; i < first.Length; i++) sum += first[i] * second[i];
        return sum;
    }

    public static double Dot(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (var i = 0; i < first.Length; i++) sum += (double)first[i] * second[i];
        return sum;
    }

    /// <summary>x / max(|x|, 1e-12), as the reference normalises.</summary>
    public static double[] Normalize(ReadOnlySpan<double> vector)
    {
        double squares = 0;
        foreach (var value in vector) squares += value * value;
        var length = Math.Max(Math.Sqrt(squares), 1e-12);
        var result = new double[vector.Length];
        for (var i = 0; i < result.Length; i++) result[i] = vector[i] / length;
        return result;
    }

    public static double[] Normalize(ReadOnlySpan<float> vector)
    {
        var wide = new double[vector.Length];
        for (var i = 0; i < wide.Length; i++) wide[i] = vector[i];
        return Normalize(wide);
    }

    /// <summary>The mean of the L2-normalised rows of [rows, dimension].</summary>
    public static double[] MeanOfNormalized(ReadOnlySpan<float> rows, int dimension)
    {
        var mean = new double[dimension];
        var count = rows.Length / dimension;
        for (var row = 0; row < count; row++)
        {
            var unit = Normalize(rows.Slice(row * dimension, dimension));
            for (var i = 0; i < dimension; i++) mean[i] += unit[i] / count;
        }
        return mean;
    }

    /// <summary>Softmax with the largest logit subtracted first.</summary>
    public static double[] Softmax(ReadOnlySpan<double> logits)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in logits) largest = Math.Max(largest, value);
        var result = new double[logits.Length];
        double sum = 0;
        for (var i = 0; i < result.Length; i++) sum += result[i] = Math.Exp(logits[i] - largest);
        for (var i = 0; i < result.Length; i++) result[i] /= sum;
        return result;
    }
}
