namespace NetGen.Samples;

/// <summary>Random shifts, so that the network learns shapes instead of places.</summary>
internal static class Shifts
{
    private const int Most = 2;

    /// <summary>Moves each picture by up to two pixels either way, anew in every epoch.</summary>
    public static Dataset Apply(Dataset pictures, ulong seed)
    {
        int side = pictures.Inputs[0].Shape[0];
        return pictures.Map((sample, source, destination) =>
        {
            Span<float> random = stackalloc float[2];
            Philox.FillUniform(random, seed, stream: 0, step: (uint)sample.Epoch, start: 2L * sample.Index);
            Move(source, destination, side, Offset(random[0]), Offset(random[1]));
        });
    }

    private static int Offset(float random) => (int)(random * ((2 * Most) + 1)) - Most;

    private static void Move(ReadOnlySpan<float> source, Span<float> destination, int side, int right, int down)
    {
        destination.Clear();
        int width = side - Math.Abs(right);
        for (int y = Math.Max(0, down); y < Math.Min(side, side + down); y++)
        {
            source.Slice(((y - down) * side) + Math.Max(0, -right), width).CopyTo(destination[((y * side) + Math.Max(0, right))..]);
        }
    }
}
