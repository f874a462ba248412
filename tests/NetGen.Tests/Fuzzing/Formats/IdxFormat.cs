using System.IO.Compression;

namespace NetGen.Tests.Fuzzing;

internal sealed class IdxFormat : FuzzFormat
{
    public override string Name => "IDX";

    public override string Extension => ".idx";

    public override int ShortRun => 4000;

    public override byte[][] Words => [[0], [1], [8], [9], [0x0B], [0x0C], [0x0D], [0x0E], [0x7F], [0, 0, 0, 1], [0x7F, 0xFF, 0xFF, 0xFF], [0x1F, 0x8B], [0x7F, 0xC0, 0, 0]];

    public override byte[][] Corpus() =>
    [
        [0, 0, 0x0D, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0x3F, 0x80, 0, 0, 0, 0, 0, 0],
        [0, 0, 0x08, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8],
        [0, 0, 0x0E, 1, 0, 0, 0, 1, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0],
        Pack([0, 0, 0x0C, 1, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]),
    ];

    /// <summary>Packed files are damaged within, or as they are.</summary>
    public override byte[] Damage(byte[] file, Mutator mutator)
    {
        if (file is not [0x1F, 0x8B, ..] || mutator.Random.Next(3) == 0) return base.Damage(file, mutator);
        MemoryStream whole = new();
        try
        {
            using GZipStream packed = new(new MemoryStream(file), CompressionMode.Decompress);
            packed.CopyTo(whole);
        }
        catch (InvalidDataException)
        {
            return base.Damage(file, mutator);
        }

        return Pack(base.Damage(whole.ToArray(), mutator));
    }

    public override Func<string, int, string> CreateReader() => (path, _) =>
    {
        TensorColumn column = Idx.Read(path);
        new Dataset([column], []).Validate();
        return column.Info.ToString();
    };

    private static byte[] Pack(byte[] file)
    {
        MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.NoCompression)) stream.Write(file);
        return packed.ToArray();
    }
}
