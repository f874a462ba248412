namespace NetGen;

/// <summary>What becomes of an empty field of a CSV column.</summary>
public enum Blank
{
    /// <summary>An empty field is an error.</summary>
    Error,

    /// <summary>The row is left out.</summary>
    DropRow,

    /// <summary>The mean of the column's other values; numeric columns only.</summary>
    Mean,

    /// <summary>The median of the column's other values (of an even number, the mean of the middle two); numeric columns only.</summary>
    Median,

    /// <summary>A given number; numeric columns only.</summary>
    Constant,

    /// <summary>A category of its own; columns of categories only.</summary>
    Category,
}
