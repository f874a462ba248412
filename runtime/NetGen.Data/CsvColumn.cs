namespace NetGen;

/// <summary>How one column of a CSV file is read.</summary>
public sealed record CsvColumn
{
    private CsvColumn(CsvKind kind, Blank blank = Blank.Error)
    {
        Kind = kind;
        Blank = blank;
    }

    /// <summary>How the column becomes numbers.</summary>
    public CsvKind Kind { get; }

    /// <summary>What becomes of an empty field.</summary>
    public Blank Blank { get; }

    /// <summary>The number that <see cref="Blank.Constant"/> puts in.</summary>
    public float Constant { get; private init; }

    /// <summary>Whether a second feature tells by 1 that the field was empty, and by 0 that it was not.</summary>
    public bool HasIndicator { get; private init; }

    /// <summary>A column that is not used.</summary>
    public static CsvColumn Ignored { get; } = new(CsvKind.Ignored);

    /// <summary>A column of whole numbers from -2^24 to 2^24, where floats are exact.</summary>
    /// <param name="blank">What becomes of an empty field: an error, or the row is left out.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The blanks cannot be treated so.</exception>
    public static CsvColumn Integer(Blank blank = Blank.Error) => new(CsvKind.Integer, Allow(blank, blank is Blank.Error or Blank.DropRow));

    /// <summary>A column of numbers.</summary>
    /// <param name="blank">What becomes of an empty field.</param>
    /// <param name="constant">The number for <see cref="Blank.Constant"/>.</param>
    /// <param name="indicator">Whether a second feature tells that the field was empty.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The blanks cannot be treated so, or the constant is not finite.</exception>
    public static CsvColumn Numeric(Blank blank = Blank.Error, float constant = 0, bool indicator = false)
    {
        if (!float.IsFinite(constant))
        {
            throw new ArgumentException(
                $"The constant is {constant}; a finite number is expected.", nameof(constant));
        }

        if (indicator && blank is (Blank.Error or Blank.DropRow))
            throw new ArgumentException($"An indicator needs blanks that are filled; {blank} fills none.", nameof(indicator));
        return new(CsvKind.Numeric, Allow(blank, blank is not Blank.Category)) { Constant = constant, HasIndicator = indicator };
    }

    /// <summary>A column of categories, each of which becomes a feature that is 1 or 0. The vocabulary is built from the data and
    /// sorted.</summary>
    /// <param name="blank">What becomes of an empty field: an error, the row is left out, or it is a category.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The blanks cannot be treated so.</exception>
    public static CsvColumn OneHot(Blank blank = Blank.Error) =>
        new(CsvKind.OneHot, Allow(blank, blank is Blank.Error or Blank.DropRow or Blank.Category));

    /// <summary>A column of categories, each of which becomes its position in the vocabulary, which is built from the data and
    /// sorted.</summary>
    /// <param name="blank">What becomes of an empty field: an error, the row is left out, or it is a category.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The blanks cannot be treated so.</exception>
    public static CsvColumn Index(Blank blank = Blank.Error) =>
        new(CsvKind.Index, Allow(blank, blank is Blank.Error or Blank.DropRow or Blank.Category));

    private static Blank Allow(Blank blank, bool allowed) => allowed
        ? blank
        : throw new ArgumentException($"Blanks of such a column cannot be treated by {blank}.", nameof(blank));
}
