"""What every plugin of the suite shares, and nothing else: settings, errors, urls, paging, wording and wiring."""
