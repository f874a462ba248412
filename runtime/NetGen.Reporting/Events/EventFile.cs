using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using NetGen.Reporting.Proto;

namespace NetGen.Reporting;

/// <summary>
/// An event file of TensorBoard: records of TensorFlow's TFRecord form (https://www.tensorflow.org/tutorials/load_data/tfrecord), each a length, its checksum, the message and its checksum, all
/// little-endian.
/// </summary>
internal sealed class EventFile : IDisposable
{
    /// <summary>What is added to a checksum that was turned, so that checksums of what holds checksums stay apart (TFRecord's masked CRC-32C).</summary>
    private const uint Mask = 0xA282EAD8;

    private static int counter;

    private readonly FileStream stream;

    /// <summary>Begins a file with a name of its own.</summary>
    /// <param name="folder">The folder, which is made where it is missing.</param>
    public EventFile(string folder)
    {
        Directory.CreateDirectory(folder);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds():d10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref counter)}.v2");
        stream = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(new Event { FileVersion = "brain.Event:2" });
    }

    /// <summary>Adds an event of now.</summary>
    public void Write(Event message)
    {
        message.WallTime = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        byte[] data = message.ToByteArray();
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Checksum(header[..8]));
        stream.Write(header);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(header, Checksum(data));
        stream.Write(header[..4]);
    }

    /// <summary>Hands what was written to the system, so that a TensorBoard that runs sees it.</summary>
    public void Flush() => stream.Flush();

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>The masked CRC-32C (Castagnoli) of some bytes.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + Mask;
    }
}
