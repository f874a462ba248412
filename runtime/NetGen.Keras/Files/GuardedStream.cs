using System.Runtime.CompilerServices;

namespace NetGen.Keras;

/// <summary>
/// What the HDF5 reader sees of a file. The reader follows addresses wherever a file says: a hostile one makes it go around in circles, call itself without end, or read what is not there. Each
/// of those comes through here, and ends here: by a count of reads, a look at the room on the stack, and an exception at the end of the file.
/// </summary>
internal sealed class GuardedStream : Stream
{
    private readonly Stream inner;
    private readonly long length;
    private long position;
    private long calls;
    private long bytes;

    /// <param name="inner">The file, which is disposed with this.</param>
    public GuardedStream(Stream inner)
    {
        this.inner = inner;
        this.length = inner.Length;

        // The directory of a good file takes a few reads for every hundred bytes, and each tensor is read a few times at most.
        this.calls = 2_000_000 + (this.length / 8);
        this.bytes = (64L << 20) + (8 * this.length);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => this.length;

    public override long Position
    {
        get => this.position;
        set => this.Seek(value, SeekOrigin.Begin);
    }

    public override int Read(byte[] buffer, int offset, int count) => this.Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        this.calls--;
        this.bytes -= buffer.Length;
        if (this.calls < 0 || this.bytes < 0)
        {
            throw new InvalidDataException("Reading it takes far more steps than its size explains; its parts refer to each other in circles.");
        }

        if (buffer.Length > this.length - this.position)
        {
            throw new EndOfStreamException($"It refers to {buffer.Length} bytes at {this.position}, but is {this.length} bytes long.");
        }

        if (this.inner.Position != this.position)
        {
            this.inner.Position = this.position;
        }

        this.inner.ReadExactly(buffer);
        this.position += buffer.Length;
        return buffer.Length;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        long target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => unchecked(this.position + offset),
            _ => unchecked(this.length + offset),
        };
        return target < 0 || target > this.length ? throw new EndOfStreamException($"It refers to the address {unchecked((ulong)target)}, but is {this.length} bytes long.") : this.position = target;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            this.inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
