namespace NetGen.Tests;

public sealed class RowMovesTests
{
    [Fact]
    public void Every_way_to_reorder_some_rows_comes_out_right_and_moves_no_row_that_stays()
    {
        for (int count = 1; count <= 5; count++)
        {
            RowMoves moves = new(count);
            for (int code = 0; code < (int)Math.Pow(count, count); code++)
            {
                int[] rows = new int[count], values = [.. Enumerable.Range(0, count)];
                for (int i = 0, rest = code; i < count; i++, rest /= count)
                {
                    rows[i] = rest % count;
                }

                moves.Plan(rows);
                int spare = -1, toSpare = 0;
                foreach ((int from, int to) in moves.Moves)
                {
                    int value = from == RowMoves.Spare ? spare : values[from];
                    if (to == RowMoves.Spare)
                    {
                        spare = value;
                        toSpare++;
                    }
                    else
                    {
                        Assert.NotEqual(rows[to], to);
                        values[to] = value;
                    }
                }

                Assert.Equal(rows, values);
                Assert.Equal(rows.Where((row, i) => row != i).Count() + toSpare, moves.Moves.Length);
            }
        }
    }
}
