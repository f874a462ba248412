using System.Globalization;

namespace NetGen;

/// <summary>The words of one line: plain ones, names in quotes, and lists in brackets.</summary>
internal sealed class OnnxLine(string line)
{
    private int position;

    /// <summary>Whether anything is left.</summary>
    public bool More
    {
        get
        {
            this.SkipSpaces();
            return this.position < line.Length;
        }
    }

    /// <summary>The next word; empty at the end.</summary>
    public string Word()
    {
        if (!this.More)
        {
            return "";
        }

        int end = line.IndexOf(' ', this.position);
        end = end < 0 ? line.Length : end;
        string word = line[this.position..end];
        this.position = end;
        return word;
    }

    /// <summary>The next name, which is in quotes.</summary>
    public string Name()
    {
        this.SkipSpaces();
        int end = line.IndexOf('"', this.position + 1);
        string name = line[(this.position + 1)..end];
        this.position = end + 1;
        return name;
    }

    /// <summary>Names between parentheses.</summary>
    public List<string> Names()
    {
        List<string> names = [];
        this.SkipSpaces();
        this.position++;
        while (true)
        {
            this.SkipSpaces();
            if (line[this.position] == ')')
            {
                this.position++;
                return names;
            }

            names.Add(this.Name());
        }
    }

    /// <summary>Numbers between brackets.</summary>
    public IEnumerable<long> Numbers()
    {
        this.SkipSpaces();
        int end = line.IndexOf(']', this.position);
        string inner = line[(this.position + 1)..end];
        this.position = end + 1;
        return inner.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, CultureInfo.InvariantCulture));
    }

    /// <summary>The plain numbers that come next.</summary>
    public List<long> Integers()
    {
        List<long> numbers = [];
        while (this.More && (char.IsAsciiDigit(line[this.position]) || line[this.position] == '-'))
        {
            numbers.Add(long.Parse(this.Word(), CultureInfo.InvariantCulture));
        }

        return numbers;
    }

    /// <summary>All other words.</summary>
    public string[] Rest() => line[this.position..].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void SkipSpaces()
    {
        while (this.position < line.Length && line[this.position] == ' ')
        {
            this.position++;
        }
    }
}
