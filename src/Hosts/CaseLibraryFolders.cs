using DermAssistant.Cases;

namespace DermAssistant.Hosts;

/// <summary>Which case library belongs to a model pack: the user's own where there is one, else the one that ships with the product.</summary>
internal sealed class CaseLibraryFolders(DataFolders folders)
{
    /// <summary>The folder to read from.</summary>
    public string Of(string packId)
    {
        var own = Own(packId);
        return IsLibrary(own) ? own : BuiltIn(packId) ?? own;
    }

    /// <summary>The user's own folder to write to. It begins as a copy of the built-in library, so that what is added or removed is so from what was there.</summary>
    public string Writable(string packId)
    {
        var own = Own(packId);
        if (IsLibrary(own) || BuiltIn(packId) is not { } builtIn) return own;
        var partial = $"{own}.{Environment.ProcessId}.part";
        try
        {
            Directory.CreateDirectory(partial);
            foreach (var file in Directory.EnumerateFiles(builtIn)) File.Copy(file, Path.Combine(partial, Path.GetFileName(file)));
            Directory.Move(partial, own);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CaseStoreException($"Your own case library cannot be made in {own}: {failure.Message}", "DERM_HOME names another folder for your own data.", failure);
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
        return own;
    }

    private string Own(string packId) => Path.Combine(folders.UserCases, packId);

    private string? BuiltIn(string packId) => !Directory.Exists(folders.BuiltInCases)
        ? null
        : Directory.EnumerateDirectories(folders.BuiltInCases).Order(StringComparer.Ordinal).FirstOrDefault(folder => IsLibrary(folder) && LibraryManifest.Read(folder).Pack.Id == packId);

    private static bool IsLibrary(string folder) => File.Exists(Path.Combine(folder, LibraryManifest.FileName));
}
