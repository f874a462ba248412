using System.Buffers.Binary;
using System.Text;

namespace NetGen.Benchmarks;

/// <summary>
/// TorchSharp 0.107's native library asks for symbol version GLIBCXX_3.4.32 (GCC 13), which Debian 12's libstdc++ lacks, so it does not load
/// there. The one symbol of that version is a marker (std::ios_base_library_init) that is never called; it suffices to mark the
/// requirement as weak, which the loader then ignores.
/// </summary>
internal static class GlibcxxRequirement
{
    private const string Version = "GLIBCXX_3.4.32";

    /// <summary>SHT_GNU_verneed and VER_FLG_WEAK of the ELF symbol-versioning specification.</summary>
    private const uint SectionVersionNeeds = 0x6ffffffe;
    private const ushort FlagWeak = 2;

    /// <summary>
    /// Marks the version as weak in the output folder's copy. The new content goes to a new file that is renamed over the old one, so a
    /// package cache that the old one may be linked to stays as it is, and processes that start at once do not meet half a file.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void Relax(string file)
    {
        var elf = File.ReadAllBytes(file);
        if (!MarkWeak(elf)) return;
        var temporary = $"{file}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, elf);
        // The same time and rights: the next build does not take the file for a changed one.
        File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(file));
        File.SetUnixFileMode(temporary, File.GetUnixFileMode(file));
        File.Move(temporary, file, overwrite: true);
    }

    /// <summary>Walks the version needs of a 64-bit little-endian ELF file; false if nothing had to be changed.</summary>
    private static bool MarkWeak(byte[] elf)
    {
        long sections = BinaryPrimitives.ReadInt64LittleEndian(elf.AsSpan(40));
        int entrySize = U16(elf, 58), count = U16(elf, 60);
        bool changed = false;
        for (int i = 0; i < count; i++)
        {
            long section = sections + (long)i * entrySize;
            if (U32(elf, section + 4) != SectionVersionNeeds) continue;
            long names = Offset(elf, sections + U32(elf, section + 40) * entrySize);
            long need = Offset(elf, section);
            for (bool more = true; more;)
            {
                long entry = need + U32(elf, need + 8);
                for (int k = U16(elf, need + 2); k > 0; k--)
                {
                    ushort flags = U16(elf, entry + 4);
                    if ((flags & FlagWeak) == 0 && NameAt(elf, names + U32(elf, entry + 8)))
                    {
                        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan((int)entry + 4), (ushort)(flags | FlagWeak));
                        changed = true;
                    }
                    entry += U32(elf, entry + 12);
                }
                long next = U32(elf, need + 12);
                need += next;
                more = next != 0;
            }
        }
        return changed;
    }

    private static bool NameAt(byte[] elf, long at)
    {
        var name = elf.AsSpan((int)at);
        return name.StartsWith(Encoding.ASCII.GetBytes(Version)) && name[Version.Length] == 0;
    }

    /// <summary>A section's sh_offset.</summary>
    private static long Offset(byte[] elf, long section) => BinaryPrimitives.ReadInt64LittleEndian(elf.AsSpan((int)section + 24));

    private static ushort U16(byte[] elf, long at) => BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan((int)at));

    private static uint U32(byte[] elf, long at) => BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan((int)at));
}
