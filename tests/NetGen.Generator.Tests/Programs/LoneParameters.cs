namespace NetGen.Generator.Tests;

/// <summary>Parameters that lie each by itself between guards, and are no numbers any more once Prepare has released them.</summary>
internal sealed unsafe class LoneParameters : ParameterSource
{
    private readonly GuardedBuffer[] buffers;
    private readonly bool[] isTaken;
    private readonly bool[] isReleased;

    public LoneParameters(IEnumerable<float[]> values)
    {
        this.buffers = [.. values.Select(Copy)];
        this.isTaken = new bool[this.buffers.Length];
        this.isReleased = new bool[this.buffers.Length];
    }

    /// <summary>Lays those that are kept where they belong.</summary>
    public void Keep(ReadOnlySpan<int> places, Span<float> prepared)
    {
        Assert.Equal(this.buffers.Length, places.Length);
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] >= 0)
            {
                this.Read(i, prepared.Slice(places[i], this.buffers[i].Span.Length));
                this.Release(i);
            }
        }
    }

    public override float* Get(int index)
    {
        Assert.False(this.isReleased[index], $"Parameter {index} is read after it was released, or though it is kept.");
        this.isTaken[index] = true;
        return this.buffers[index].Pointer;
    }

    public override void Read(int index, Span<float> destination) => this.buffers[index].Span.CopyTo(destination);

    public override void Release(int index)
    {
        Assert.False(this.isReleased[index], $"Parameter {index} is released twice, or though it is kept.");
        this.isReleased[index] = true;
        this.buffers[index].Span.Fill(float.NaN);
    }

    /// <summary>Checks that Prepare holds nothing back and wrote to none.</summary>
    public void CheckReleased()
    {
        for (int i = 0; i < this.buffers.Length; i++)
        {
            Assert.True(this.isReleased[i] || !this.isTaken[i], $"Parameter {i} was read and never released.");
            Assert.True(this.buffers[i].IsIntact(), $"Something was written around parameter {i}.");
        }
    }

    private static GuardedBuffer Copy(float[] values)
    {
        GuardedBuffer buffer = new(values.Length);
        values.CopyTo(buffer.Span);
        return buffer;
    }
}
