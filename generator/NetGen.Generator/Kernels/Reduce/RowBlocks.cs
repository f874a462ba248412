namespace NetGen.Generator;

/// <summary>How the rows of a matrix are cut into blocks that are summed by themselves.</summary>
/// <param name="Rows">Rows of a block.</param>
/// <param name="Count">Blocks.</param>
/// <param name="IsWhole">Whether whole blocks fill the rows for every batch.</param>
internal sealed record RowBlocks(int Rows, Dim Count, bool IsWhole)
{
    /// <summary>Floats of a block at most: what stays in the first cache between two passes over it.</summary>
    private const int MostFloats = 6 * 1024;

    /// <summary>Rows of a block at least: fewer would leave as much to add afterwards as there was.</summary>
    private const int FewestRows = 16;

    public static RowBlocks Of(Dim rows, int channels)
    {
        int most = Math.Max(FewestRows, MostFloats / channels);

        // A divisor of the rows of one sample leaves no rest.
        for (int size = (int)Math.Min(most, rows.Scale); size >= FewestRows; size--)
        {
            if (rows.Scale % size == 0)
            {
                return new RowBlocks(size, rows with { Scale = rows.Scale / size }, IsWhole: true);
            }
        }

        return new RowBlocks(most, rows.Affine(most - 1, most), IsWhole: false);
    }
}
