namespace DermAssistant.DermLip;

/// <summary>Opens a checkpoint by what is in the file, whatever it is called.</summary>
internal static class CheckpointReader
{
    /// <exception cref="ModelPackException">The file is missing, or no checkpoint.</exception>
    public static StateDict Open(string path)
    {
        if (Directory.Exists(path) || !File.Exists(path))
            throw new ModelPackException($"{path} is no checkpoint file.", "Give the path of a checkpoint file or of a folder downloaded from the hub.");
        LfsPointer.Refuse(path);
        return InputFile.Guard(path, () => IsTorch(Start(path)) ? TorchReader.Open(path) : SafetensorsReader.Open(path));
    }

    private static ReadOnlySpan<byte> Start(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[32];
        return start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
    }

    /// <summary>A ZIP file, or a pickle of protocol 2 or later; a safetensors header of 640 or more bytes may begin with 0x80, but not followed by a protocol.</summary>
    private static bool IsTorch(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\x03\x04"u8) || start is [0x80, >= 2 and <= 5, var opcode, ..] && opcode != 0 && !(start.Length > 8 && start[8] == (byte)'{');
}
