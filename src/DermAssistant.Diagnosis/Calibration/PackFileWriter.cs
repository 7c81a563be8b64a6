using DermAssistant.DermLip;

namespace DermAssistant.Diagnosis;

/// <summary>Writes what this room adds to a pack: beside first, then moved, so that a failure leaves the old file.</summary>
internal static class PackFileWriter
{
    /// <exception cref="ModelPackException">The folder cannot be written to.</exception>
    public static void Write(string path, byte[] content)
    {
        var partial = path + ".part";
        try
        {
            File.WriteAllBytes(partial, content);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try
            {
                File.Delete(partial);
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
                // A folder that cannot be written to has no partial file either.
            }
            throw new ModelPackException($"{path} cannot be written: {e.Message}", "Make the folder of the pack writable, with space left, and try again.", e) { Unwritable = true };
        }
    }
}
