namespace NetGen.Tests.Fuzzing;

/// <summary>A form of files that is damaged at random: whole files to begin with, what to put into them, and how the library reads them.</summary>
internal abstract class FuzzFormat
{
    /// <summary>The name in reports and in the names of tests.</summary>
    public abstract string Name { get; }

    /// <summary>What the files' names end with.</summary>
    public abstract string Extension { get; }

    /// <summary>How many damaged files the short run reads, on each code path.</summary>
    public abstract int ShortRun { get; }

    /// <summary>The bytes that reading one of them may allocate, on all threads together.</summary>
    public virtual long MostBytes => 64 << 20;

    /// <summary>When reading one is taken for a wait without end. This is no claim about speed: it is hundreds of times what the slowest file takes, and <see cref="Yardstick"/> bounds the times.</summary>
    public virtual TimeSpan Stuck => TimeSpan.FromMinutes(5);

    /// <summary>What means something in such files.</summary>
    public virtual byte[][] Words => [];

    /// <summary>Whole files.</summary>
    public abstract byte[][] Corpus();

    /// <summary>A damaged copy; forms whose bytes stand in layers, as in archives, damage the inner ones too.</summary>
    /// <param name="file">A whole file, or one that was damaged before.</param>
    /// <param name="mutator">Draws the damage.</param>
    public virtual byte[] Damage(byte[] file, Mutator mutator) => mutator.Damage(file, Words);

    /// <summary>Makes what reads such files, once for each worker.</summary>
    /// <returns>Reads the file of a name and says in a few words what it had; throws where it is refused. The number of the file chooses among options, 0 those that all whole files fit.</returns>
    public abstract Func<string, int, string> CreateReader();

    /// <summary>Whether an exception is the one that is promised for bad files of this form, and says which file it is.</summary>
    /// <param name="exception">What came.</param>
    /// <param name="path">The file.</param>
    public virtual bool IsRefusal(Exception exception, string path) =>
        exception is ModelFileException or DataFileException && exception.Message.Contains(path, StringComparison.Ordinal);
}
