using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace DermAssistant.DermLip;

/// <summary>A whole file mapped into memory in one piece; its pages stay the system's.</summary>
/// <remarks>
/// Touching a gigabyte for the first time in pages of 4 KB takes tenths of a second, and products look up its pages ever after. So Linux
/// is asked to bring it in at once, on pages of 2 MB where the file system has them and the file was written or read in large pieces.
/// Elsewhere nothing is asked for.
/// </remarks>
internal sealed unsafe partial class MappedFile : IDisposable
{
    private const int UseLargePages = 14;
    private const int BringIn = 22;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <exception cref="IOException">The file cannot be mapped.</exception>
    public MappedFile(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        if (!OperatingSystem.IsLinux()) return;
        _ = Advise(_start, (nuint)_view.Capacity, UseLargePages);
        _ = Advise(_start, (nuint)_view.Capacity, BringIn);
    }

    /// <summary>The address of its first byte.</summary>
    public nint Start => (nint)_start;

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    /// <summary>Refused by systems that do not know the advice, which then go on page by page.</summary>
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* start, nuint length, int advice);
}
