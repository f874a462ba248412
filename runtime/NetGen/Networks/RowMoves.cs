namespace NetGen;

/// <summary>
/// In which order rows are copied over each other so that each ends as what some row was before: a row is overwritten once nobody needs it any more, and a circle of rows goes
/// through one spare row. Rows that stay cost nothing.
/// </summary>
/// <param name="count">How many rows there are.</param>
internal sealed class RowMoves(int count)
{
    /// <summary>The row beside the others.</summary>
    public const int Spare = -1;

    private readonly int[] readers = new int[count];
    private readonly int[] sources = new int[count];
    private readonly int[] free = new int[count];

    // Every circle has two rows at least, and takes one move more than it has rows.
    private readonly (int From, int To)[] moves = new (int, int)[count + (count / 2)];
    private int length;

    /// <summary>What was planned, in order.</summary>
    public ReadOnlySpan<(int From, int To)> Moves => this.moves.AsSpan(0, this.length);

    /// <summary>Plans that each row becomes what another is now.</summary>
    public void Plan(ReadOnlySpan<int> rows)
    {
        this.length = 0;
        Array.Clear(this.readers);
        rows.CopyTo(this.sources);
        for (int row = 0; row < count; row++)
        {
            this.readers[rows[row]] += rows[row] == row ? 0 : 1;
        }

        int open = 0;
        for (int row = 0; row < count; row++)
        {
            if (this.readers[row] == 0 && this.sources[row] != row)
            {
                this.free[open++] = row;
            }
        }

        while (open > 0)
        {
            int row = this.free[--open], source = this.sources[row];
            this.Move(source, row);
            if (--this.readers[source] == 0 && this.sources[source] != source)
            {
                this.free[open++] = source;
            }
        }

        // What is left are circles.
        for (int row = 0; row < count; row++)
        {
            if (this.sources[row] == row)
            {
                continue;
            }

            this.moves[this.length++] = (row, Spare);
            int at = row;
            for (int source = this.sources[row]; source != row; source = this.sources[at])
            {
                this.Move(source, at);
                at = source;
            }

            this.Move(Spare, at);
        }
    }

    private void Move(int from, int to)
    {
        this.moves[this.length++] = (from, to);
        this.sources[to] = to;
    }
}
