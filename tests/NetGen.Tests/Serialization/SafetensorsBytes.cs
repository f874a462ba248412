using System.Buffers.Binary;
using System.Text;

namespace NetGen.Tests.Serialization;

/// <summary>Makes files by hand, independently of the writer.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string header, params byte[] data) => Of(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Of(byte[] header, byte[] data)
    {
        var file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, 8);
        data.CopyTo(file, 8 + header.Length);
        return file;
    }

    public static SafetensorsReader Open(byte[] file) => new(new MemoryStream(file), "test.safetensors");
}
