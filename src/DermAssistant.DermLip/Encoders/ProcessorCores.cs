namespace DermAssistant.DermLip;

/// <summary>How many cores this process may compute on.</summary>
/// <remarks>
/// ONNX Runtime's own count takes the processors of some virtual machines for the two halves of one core and then computes on half of
/// them, at half the speed.
/// </remarks>
internal static class ProcessorCores
{
    /// <summary>Physical cores where Linux tells them apart, else processors; never more than this process is granted (affinity, container limit).</summary>
    public static int Count { get; } = Math.Min(Environment.ProcessorCount, Physical("/sys/devices/system/cpu") ?? int.MaxValue);

    /// <summary>The processors of one core list the same siblings.</summary>
    /// <returns>Null where the folder does not say.</returns>
    internal static int? Physical(string folder)
    {
        try
        {
            var siblings = Directory.EnumerateDirectories(folder, "cpu*")
                .Select(processor => Path.Combine(processor, "topology", "thread_siblings_list"))
                .Where(File.Exists)
                .Select(File.ReadAllText)
                .Distinct(StringComparer.Ordinal)
                .Count();
            return siblings == 0 ? null : siblings;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
