namespace NetGen.Generator;

/// <summary>How a map is cut into blocks, along both axes, whose channels are summed by themselves.</summary>
/// <param name="Height">Rows of the map.</param>
/// <param name="Width">Columns of the map.</param>
/// <param name="BlockHeight">Rows of a block; the last ones have what is left.</param>
/// <param name="BlockWidth">Columns of a block; the last ones have what is left.</param>
internal sealed record MapBlocks(Dim Height, Dim Width, int BlockHeight, int BlockWidth)
{
    /// <summary>Pixels of a block.</summary>
    public int Pixels => this.BlockHeight * this.BlockWidth;

    /// <summary>Why they are summed where they are written, in the schedule's words.</summary>
    public string Reason => $"moments of {this.BlockHeight}x{this.BlockWidth} pixels in the epilogue, because they are still in the cache";

    /// <summary>Blocks of a map of constant sizes.</summary>
    public long Count => (this.Height.Constant + this.BlockHeight - 1) / this.BlockHeight * ((this.Width.Constant + this.BlockWidth - 1) / this.BlockWidth);
}
