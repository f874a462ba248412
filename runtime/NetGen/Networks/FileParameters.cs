namespace NetGen;

/// <summary>
/// The parameters in a file, each read when Prepare asks for it and given back when it is released: of the weights that become something else, hardly more than one
/// is in memory at a time. One buffer serves all, as it goes from one parameter to the next.
/// </summary>
/// <param name="reader">The file.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="positions">Where each is in the file.</param>
internal sealed unsafe class FileParameters(SafetensorsReader reader, ParameterInfo[] parameters, int[] positions) : ParameterSource, IDisposable
{
    private readonly NativeBuffer?[] buffers = new NativeBuffer?[parameters.Length];
    private readonly float[] chunk = ParameterInfo.NewChunk(parameters);
    private NativeBuffer? spare;

    /// <inheritdoc/>
    public override float* Get(int index) => (this.buffers[index] ??= this.Read(index)).Pointer;

    /// <inheritdoc/>
    public override void Release(int index)
    {
        if (this.buffers[index] is not { } buffer)
        {
            return;
        }

        this.buffers[index] = null;
        if (this.spare is null || this.spare.Length < buffer.Length)
        {
            (this.spare, buffer) = (buffer, this.spare);
        }

        buffer?.Free();
    }

    /// <inheritdoc/>
    public override void Read(int index, Span<float> destination) => parameters[index].Read(reader, positions[index], destination, this.chunk);

    /// <summary>Frees what is left.</summary>
    public void Dispose()
    {
        for (int i = 0; i < this.buffers.Length; i++)
        {
            this.Release(i);
        }

        this.spare?.Free();
        this.spare = null;
    }

    private NativeBuffer Read(int index)
    {
        int length = parameters[index].Length;
        NativeBuffer buffer;
        if (this.spare is { } used && used.Length >= length)
        {
            this.spare = null;
            buffer = used;
            buffer.Slice(0, length).Clear();
        }
        else
        {
            buffer = new NativeBuffer(length);
        }

        this.Read(index, buffer.Slice(0, length));
        return buffer;
    }
}
