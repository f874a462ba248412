namespace NetGen;

/// <summary>What the first bytes of a file of weights say of its form.</summary>
internal static class FileSignature
{
    /// <summary>How many bytes tell all forms apart.</summary>
    public const int Length = 9;

    /// <summary>Whether they are those of an HDF5 file.</summary>
    public static bool IsHdf5(ReadOnlySpan<byte> head) => head is [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A, ..];

    /// <summary>Whether they are those of a zip archive, as <c>.keras</c> is one.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8);

    /// <summary>Whether they may be those of safetensors: the length of a header, which begins with a brace. An ONNX model begins with a field of a small number.</summary>
    public static bool IsSafetensors(ReadOnlySpan<byte> head) => head.Length >= Length && head[Length - 1] == (byte)'{';
}
