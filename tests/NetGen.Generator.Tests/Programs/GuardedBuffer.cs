namespace NetGen.Generator.Tests;

/// <summary>A buffer between two stretches of a number that no program writes; what lies in it at first is not a number, so that reading before writing shows.</summary>
internal sealed unsafe class GuardedBuffer
{
    private const int Guard = 64;
    private const uint Canary = 0x7FC0BEEF;
    private readonly NativeBuffer memory;

    public GuardedBuffer(long length)
    {
        this.Length = checked((int)length);
        this.memory = new NativeBuffer(this.Length + (2 * Guard));
        this.memory.Slice(0, this.Length + (2 * Guard)).Fill(BitConverter.UInt32BitsToSingle(Canary));
    }

    public int Length { get; }

    public float* Pointer => this.memory.Pointer + Guard;

    public Span<float> Span => this.memory.Slice(Guard, this.Length);

    /// <summary>Says whether everything around the buffer is as it was.</summary>
    public bool IsIntact()
    {
        for (int i = 0; i < Guard; i++)
        {
            if (BitConverter.SingleToUInt32Bits(this.memory.Pointer[i]) != Canary || BitConverter.SingleToUInt32Bits(this.memory.Pointer[Guard + this.Length + i]) != Canary)
            {
                return false;
            }
        }

        GC.KeepAlive(this.memory);
        return true;
    }
}
